"""Vietnamese names: the order of lists and the key of searches, the same on every database.

A list is ordered by given name, then family name and middle names, in the Vietnamese alphabet
(a ă â … d đ …); a tone decides between given names of the same letters.
"""

import unicodedata

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền hỏi ngã sắc nặng: the order of dictionaries


def clean(name: str) -> str:
    """NFC, one space between words, none around."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def given_name_first(name: str) -> list[str]:
    words = clean(name).split()
    return [words[-1], *words[:-1]] if words else []


def sort_key(name: str) -> str:
    """A string whose byte order is the order of the class list: all of Dung before all of Dũng."""
    given, *rest = given_name_first(name) or [""]
    return f"{_word_key(given)} {' '.join(map(_letters, rest))} {' '.join(map(_tones, rest))}"


def search_key(text: str) -> str:
    """Lower case without diacritics: what a hurried hand types."""
    stripped = unicodedata.normalize("NFD", clean(text).casefold().replace("đ", "d"))
    return "".join(char for char in stripped if not unicodedata.combining(char))


def _word_key(word: str) -> str:
    # The separator is less than any letter: An comes before Anh, whatever its tone.
    return f"{_letters(word)}!{_tones(word)}"


def _letters(word: str) -> str:
    return "".join(_letter_code(char) for char in _without_tones(word))


def _letter_code(char: str) -> str:
    position = _ALPHABET.find(char)
    return chr(ord("0") + position) if position >= 0 else char


def _without_tones(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word.casefold())
    return unicodedata.normalize("NFC", "".join(char for char in decomposed if char not in _TONES))


def _tones(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word)
    return "".join(str(_TONES.index(char) + 1) for char in decomposed if char in _TONES) or "0"

"""The browser finds and fills in phrases as the server does."""

import pytest

from accounts.names import search_key
from gradebook.phrase_text import PLACEHOLDERS, EmptyPlaceholder, resolve
from gradebook.phrases import EXAMPLE

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.one_database]

TEXTS = [
    *(f"Em {{{name}}}." for name in PLACEHOLDERS),
    "".join(f"{{{name}}}" for name in PLACEHOLDERS),
    "{tên} ({họ tên}) đạt {điểm}, {tên} giỏi {môn}.",
    "Không có gì để thay.",
]
PUPILS = {
    "whole": EXAMPLE,
    **{f"no {name}": EXAMPLE | {name: ""} for name in PLACEHOLDERS},
    "nothing": dict.fromkeys(PLACEHOLDERS, ""),
    "braced": EXAMPLE | {"tên": "{môn}$&"},
}


def filled(text: str, values: dict[str, str]) -> tuple[str, str]:
    """The text and no gap, or the name of the gap."""
    try:
        return resolve(text, values), ""
    except EmptyPlaceholder as empty:
        return "", empty.name


def test_a_phrase_reads_the_same_filled_in_by_the_browser_and_by_the_server(ask):
    cases = [(text, pupil) for text in TEXTS for pupil in PUPILS]
    pupils = {name: {"values": values} for name, values in PUPILS.items()}
    expression = (
        "given.cases.map(([text, pupil]) => "
        "Object.assign(new m.PhraseBook(''), { pupils: given.pupils }).resolve({ text }, pupil))"
    )

    answers = ask("phrase-book", expression, {"cases": cases, "pupils": pupils})

    found = [("" if each["gap"] else each["text"], each["gap"]) for each in answers]
    assert found == [filled(text, PUPILS[pupil]) for text, pupil in cases]


@pytest.mark.parametrize(
    ("typed", "count"),
    [("on  tap", 1), ("ÔN TẬP", 1), ("ôn tập", 1), ("đọc", 1), ("DOC", 1), ("", 2), ("ôn tập đọc", 0)],
)
def test_phrases_are_found_by_the_words_that_find_them_on_their_page(ask, typed, count):
    texts = ["Cần ôn tập thêm.", "Đọc trôi chảy, giọng to."]
    expression = (
        "Object.assign(new m.PhraseBook(''), { phrases: given.texts.map((text) => ({ text })) })"
        ".find({ words: given.typed }).map(({ text }) => text)"
    )

    found = ask("phrase-book", expression, {"texts": texts, "typed": typed})

    words = search_key(typed).split()
    assert found == [text for text in texts if all(word in search_key(text) for word in words)]
    assert len(found) == count


SURE = {"praise": ["good"], "poor": ["weak"], "support": ["weak"], "inclusion": ["included"]}
PHRASES = {
    "praise": {"standing": "good", "need": ""},
    "poor": {"standing": "weak", "need": ""},
    "support": {"standing": "weak", "need": "support"},
    "gifted": {"standing": "good", "need": "gifted"},
    "inclusion": {"standing": "", "need": "inclusion"},
    "any": {"standing": "", "need": ""},
}
JUDGED = {
    "good": {"standings": {"1": "good"}},
    "weak": {"standings": {"1": "weak"}},
    "new": {"standings": {"1": ""}},
    "breach": {"standings": {"1": "good"}, "breaches": 2},
    "included": {"standings": {"1": "good"}, "inclusion": True},
}


@pytest.mark.parametrize("phrase", PHRASES)
def test_a_phrase_suits_certainly_only_whom_the_records_say_it_does(ask, phrase):
    expression = (
        "Object.keys(given.pupils).filter((pupil) => !Object.assign(new m.PhraseBook(''), "
        "{ pupils: given.pupils }).fit(given.phrase, pupil, 1).why)"
    )

    found = ask("phrase-book", expression, {"phrase": PHRASES[phrase], "pupils": JUDGED})

    assert found == SURE.get(phrase, [])


@pytest.mark.parametrize(
    ("pupil", "need", "expected"),
    [
        ("good", "", ["praise", "any", "gifted", "poor", "support"]),
        ("breach", "", ["any", "praise", "gifted", "poor", "support"]),
        ("included", "", ["inclusion", "praise", "gifted", "any", "poor", "support"]),
        ("good", "inclusion", ["inclusion"]),
    ],
)
def test_what_suits_the_pupil_comes_first_and_inclusion_is_for_those_in_it(ask, pupil, need, expected):
    order = ["praise", "gifted", "poor", "support", "any", "inclusion"]
    phrases = [{"id": name, "text": "", **PHRASES[name]} for name in order]
    expression = (
        "Object.assign(new m.PhraseBook(''), given).find({ words: '', ...given.asked }).map(({ id }) => id)"
    )
    given = {"phrases": phrases, "pupils": JUDGED, "asked": {"pupil": pupil, "column": 1, "need": need}}

    assert ask("phrase-book", expression, given) == expected

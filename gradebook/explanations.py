"""Reasons and missing items of the rules in words, in the reader's language.

Reasons are read as the plain data that was stored, perhaps years ago: an unknown code or an absent field still
makes a readable sentence. Levels keep the circular's own words, numbers their decimal comma.
"""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.utils.functional import Promise

from gradebook import explanation_templates as templates
from gradebook.assessment.cells import Missing
from gradebook.assessment.traits import TRAIT_NAMES

Fields = Mapping[str, str]

_FIELD = re.compile(r"%\((\w+)\)s")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_CLAUSE = re.compile(r"(TT([0-9]+)-([0-9]{4})):([0-9a-zđ.]+)")


def sentence(reason: Mapping[str, str | int], names: Mapping[str, str]) -> str:
    """One sentence for a reason (`Reason.as_data()`); `names` are those of the subjects, by code."""
    code = str(reason.get("code", ""))
    fields = _fields(reason, TRAIT_NAMES if code == "trait-below" else names)
    fact = _filled(templates.ROWS.get(code, ()), fields)
    if fact is None:
        return _unknown(code, fields)
    if code in templates.MISSED and "level" in fields:
        fact = str(templates.OUT_OF_REACH) % {**fields, "fact": fact}
    return _capitalised(fact)


def clause(code: str) -> str:
    """“Circular 22/2021, article 9, clause 2, point a” for `TT22-2021:9.2.a`; another code as it is."""
    found = _CLAUSE.fullmatch(code)
    parts = found[4].split(".") if found else []
    if not found or len(parts) >= len(templates.CLAUSES):
        return code
    circular = templates.AMENDED.get(found[1], f"{found[2]}/{found[3]}")
    places = dict(zip(("article", "paragraph", "point"), parts, strict=False))
    return str(templates.CLAUSES[len(parts)]) % {"circular": circular, **places}


def missing_sentence(item: str | Missing, names: Mapping[str, str], circular: str = "TT22-2021") -> str:
    """What keeps a result open: a cell of a subject, or an item such as `toan`, `tests:toan` or `conduct`."""
    if isinstance(item, Missing):
        return _missing_cell(item)
    part, _colon, code = item.partition(":")
    subject = code or item
    name = (TRAIT_NAMES if part == "traits" else names).get(subject, subject)
    fields = {"subject": name, **_judged(circular)}
    template = templates.PARTS.get(part, templates.SUBJECT)
    return _capitalised(str(template) % fields)


def _missing_cell(cell: Missing) -> str:
    number = "I" * cell.number if cell.kind.value == "semester" else cell.number
    column = str(templates.COLUMNS[cell.kind.value]) % {"number": number}
    return f"{_capitalised(column)}: {templates.STATES[type(cell.state).__name__]}"


def _fields(reason: Mapping[str, str | int], names: Mapping[str, str]) -> dict[str, str]:
    """The reason's fields as they are shown, and what follows from them."""
    fields = {name: _shown(value) for name, value in reason.items() if name not in ("code", "clause")}
    if "subject" in fields:
        fields["subject"] = names.get(fields["subject"], fields["subject"])
    value, threshold = str(reason.get("value", "")), str(reason.get("threshold", ""))
    if _NUMBER.fullmatch(value) and _NUMBER.fullmatch(threshold):
        sign = "≥" if Decimal(value) >= Decimal(threshold) else "<"
        fields["compared"] = f"{fields['value']} {sign} {fields['threshold']}"
    return {**fields, **_judged(str(reason.get("clause", "")))}


def _judged(circular: str) -> dict[str, str]:
    words = templates.JUDGED.get(circular[:4], templates.JUDGED["TT22"])
    return {name: str(word) for name, word in words.items()}


def _shown(value: str | int) -> str:
    text = str(value)
    return text.replace(".", ",") if _NUMBER.fullmatch(text) else text


def _filled(row: Iterable[str | Promise], fields: Fields) -> str | None:
    """The first template whose fields are all there, filled in."""
    for template in map(str, row):
        if set(_FIELD.findall(template)) <= fields.keys():
            return template % fields
    return None


def _unknown(code: str, fields: Fields) -> str:
    """The code's own words and every fact, for a code that came or went since."""
    compared = [fields["compared"]] if "compared" in fields else _present(fields, "value", "threshold")
    facts = [*_present(fields, "subject"), *compared, *_present(fields, "before", "level", "needed")]
    words = code.replace("-", " ")
    return _capitalised(": ".join(filter(None, [words, ", ".join(facts)])))


def _present(fields: Fields, *names: str) -> list[str]:
    return [fields[name] for name in names if name in fields]


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]

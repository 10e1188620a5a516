"""The comment bank as it is read: found on its page, offered beside a sheet."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.db.models import Q

from accounts import names
from accounts.models import User
from gradebook.models import Column, Course, Enrolment, Phrase, PhraseOffer, Remark, Student
from gradebook.phrase_text import FULL_NAME, GIVEN_NAME, SCORE, SUBJECT, resolve
from gradebook.sheet import EMPTY_CELL, Sheet, SheetColumn, SheetRow
from gradebook.weekly_remarks import of_semester

_S = Phrase.Standing
_OF_LEVEL = {
    "T": _S.GOOD,
    **dict.fromkeys(("H", "Đ", "K", "TB"), _S.FAIR),
    **dict.fromkeys(("C", "CĐ", "Y"), _S.WEAK),
}
"""By the codes of the scales in `gradebook.assessment.scales`: no letter means different standings on two of them."""
_LEVELS = {Column.Kind.LEVEL, Column.Kind.TRAIT, Column.Kind.CONDUCT}
_SCORE = re.compile(r"\d+(,\d+)?")
_GOOD_FROM, _FAIR_FROM = Decimal(8), Decimal(5)
"""TT 22/2021, article 9, clause 2: averages from which learning counts as good, and as reached."""
EXAMPLE = {GIVEN_NAME: "An", FULL_NAME: "Trần Bảo An", SUBJECT: "Toán", SCORE: "8,2"}


def in_order(phrases: Iterable[Phrase]) -> list[Phrase]:
    """By subject, then the good pupils first; what is meant for any last. The same on every database."""
    standings = [*_S.values, ""]
    return sorted(
        phrases,
        key=lambda each: (
            each.subject is None,
            each.subject.order if each.subject else 0,
            standings.index(each.standing),
            bool(each.need),
            each.pk,
        ),
    )


def containing(phrases: Iterable[Phrase], typed: str) -> list[Phrase]:
    """Those that hold every word of what was typed, with or without diacritics."""
    words = names.search_key(typed).split()
    return [each for each in phrases if all(word in names.search_key(each.text) for word in words)]


def last_offers(phrases: Iterable[Phrase]) -> dict[int, PhraseOffer]:
    """What became of the offer of each, as far as it was offered; one that was taken back says nothing."""
    found = PhraseOffer.objects.filter(phrase__in=[each.pk for each in phrases])
    rows = found.exclude(state=PhraseOffer.State.TAKEN_BACK).select_related("answered_by")
    return {row.phrase_id: row for row in rows.order_by("pk")}


def example(phrase: Phrase) -> str:
    """How it reads of an invented pupil; "" where it has no placeholder."""
    values = EXAMPLE | ({SUBJECT: phrase.subject.name} if phrase.subject else {})
    text = resolve(phrase.text, values)
    return "" if text == phrase.text else text


def offer(sheet: Sheet, user: User) -> dict[str, Any]:
    """What the picker of a sheet needs: the phrases, and of every pupil what they are filled with and judged by."""
    rows = Phrase.objects.visible_to(user).for_course(sheet.course).select_related("subject")
    breaches, included = _breaches(sheet, user), _included(sheet, user)
    return {
        "phrases": [_offered(phrase) for phrase in in_order(rows)],
        "pupils": {
            row.enrolment_id: _pupil(sheet, row)
            | {"breaches": breaches[row.enrolment_id], "inclusion": row.enrolment_id in included}
            for row in sheet.rows
        },
    }


def _breaches(sheet: Sheet, user: User) -> Counter[int]:
    """Breaches of discipline that stand in this semester, by pupil, as far as this person reads them."""
    rows = of_semester(sheet.course.school_class, sheet.semester).visible_to(user)
    breaches = rows.filter(kind=Remark.Kind.BREACH).exclude(enrolment=None)
    return Counter(breaches.order_by().values_list("enrolment", flat=True))


def _included(sheet: Sheet, user: User) -> set[int]:
    """Pupils with a disability on record: of those whose profile this person reads, and of nobody else (S4-35)."""
    readable = Enrolment.objects.profile_visible_to(user).filter(
        pk__in=[row.enrolment_id for row in sheet.rows]
    )
    recorded = ~Q(student__disability="") | Q(student__policy_group=Student.PolicyGroup.DISABLED)
    return set(readable.filter(recorded).values_list("pk", flat=True))


def _offered(phrase: Phrase) -> dict[str, Any]:
    labels = [phrase.get_standing_display(), phrase.get_need_display()]
    return {
        "id": phrase.pk,
        "text": phrase.text,
        "standing": phrase.standing,
        "need": phrase.need,
        "note": " · ".join(str(label) for label in labels if label),
        "own": not phrase.is_shared,
    }


def _pupil(sheet: Sheet, row: SheetRow) -> dict[str, Any]:
    return {
        "values": {
            GIVEN_NAME: names.given_name_first(row.name)[0],
            FULL_NAME: row.name,
            SUBJECT: sheet.course.subject.name,
            SCORE: _average(sheet, row),
        },
        "standings": dict(_standings(sheet, row)),
    }


def _average(sheet: Sheet, row: SheetRow) -> str:
    return row.results[sheet.semester - 1] if sheet.course.kind == Course.Kind.SCORED else ""


def _standings(sheet: Sheet, row: SheetRow) -> Iterator[tuple[int, str]]:
    """How the pupil stands at each comment: by the semester's marks, or by the last levels up to its period."""
    semester = _by_marks(sheet, row) if sheet.has_results else ""
    latest = ""
    for group in sheet.groups:
        texts = _texts(row, (column for column in group.columns if column.kind in _LEVELS))
        latest = of_levels(texts) or latest
        for column in group.columns:
            if column.is_comment:
                yield column.pk, semester or latest


def _by_marks(sheet: Sheet, row: SheetRow) -> str:
    """By the result; while there is none, by what was entered so far."""
    result = row.results[sheet.semester - 1]
    entered = _texts(row, (each for each in sheet.columns if not each.is_comment and not each.in_summer))
    judge = of_scores if sheet.course.kind == Course.Kind.SCORED else of_levels
    return judge([result] if result else entered)


def _texts(row: SheetRow, columns: Iterable[SheetColumn]) -> list[str]:
    return [row.cells.get(column.pk, EMPTY_CELL).text for column in columns]


def of_scores(shown: Iterable[str]) -> str:
    """By the mean of what is a score, shown as `8` or `8,5`; "" where none is."""
    scores = [Decimal(text.replace(",", ".")) for text in shown if _SCORE.fullmatch(text)]
    if not scores:
        return ""
    mean = sum(scores) / len(scores)
    return _S.GOOD if mean >= _GOOD_FROM else _S.FAIR if mean >= _FAIR_FROM else _S.WEAK


def of_levels(shown: Iterable[str]) -> str:
    """The weakest decides that something is not met, only all good ones are good; "" where nothing stands yet."""
    found = {_OF_LEVEL[text] for text in shown if text in _OF_LEVEL}
    for standing in (_S.WEAK, _S.FAIR, _S.GOOD):
        if standing in found:
            return standing
    return ""

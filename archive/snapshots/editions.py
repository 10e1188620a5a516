"""What a class book or a transcript says otherwise than the edition before it, out of the two frozen payloads."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from archive.models import Edition
from archive.snapshots.differences import Difference, between

Facts = Mapping[str, Any]
Place = tuple[str, str]
BOOKLET, ISSUED = "Học bạ", "đã cấp"


def since_previous(edition: Edition) -> list[Difference] | None:
    """None where nothing can be compared: a first edition, the same content again, a paper of another kind.

    Empty when only what stands beside profiles, marks and results differs: the names of teachers, the school.
    """
    previous = edition.previous
    compared = _COMPARED.get(edition.kind)
    if compared is None or previous is None or edition.same_as_previous:
        return None
    texts = dict(Edition.objects.filter(pk__in=[previous.pk, edition.pk]).values_list("pk", "payload"))
    try:
        old, new = (json.loads(texts[pk])["book"] for pk in (previous.pk, edition.pk))
        return compared(old, new)
    except (ValueError, KeyError):  # frozen before the book held what is compared
        return None


def between_transcripts(old: Facts, new: Facts) -> list[Difference]:
    """Year by year, as a class book of one pupil. Who the pupil is and which way led here are not compared."""
    return list(_years_differ(_years(old), _years(new)))


def _years_differ(before: Mapping[Place, Facts], after: Mapping[Place, Facts]) -> Iterator[Difference]:
    for place in dict.fromkeys([*after, *before]):
        if place in before and place in after:
            yield from between(before[place], after[place])
        else:
            pupil = (after.get(place) or before[place])["pupils"][0]
            said = ("", ISSUED) if place in after else (ISSUED, "")
            yield Difference(pupil["number"], pupil["name"], BOOKLET, f"năm học {place[0]}", *said, ())


def _years(booklet: Facts) -> dict[Place, Facts]:
    """By school year and class: who changed class within a year may have two."""
    found: dict[Place, Facts] = {}
    for year in booklet["years"]:
        content = json.loads(year["payload"])
        pupil = content["pupil"]
        listed = {"number": pupil["number"], "name": pupil["full_name"]}
        found[content["year"], content["class"]] = {**content["book"], "pupils": [listed]}
    return found


_COMPARED = {Edition.Kind.CLASS_BOOK.value: between, Edition.Kind.TRANSCRIPT.value: between_transcripts}

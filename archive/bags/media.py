"""The register of copies: which medium, with which bags, where it is kept, who took it, when it was checked last."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.writing import recorded_write
from archive import policies
from archive.bags import index
from archive.models import Bag, Medium, MediumEvent
from gradebook.models import SchoolYear
from gradebook.years import hold
from transcripts.payload import canonical, fingerprint


@recorded_write
def record_medium(
    *, year: SchoolYear, bags: Iterable[Bag], kind: str, label: str, kept_at: str, by: User
) -> Medium:
    """The next number of the school, with the index that lies on the medium. Takes the year's lock for the number."""
    _check(by)
    hold(year.pk)
    number = (Medium.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    said = index.facts(year, bags) | {"medium": {"number": number, "kind": kind, "label": label}}
    text = canonical(said)
    medium = Medium(
        year=year,
        number=number,
        kind=kind,
        label=label,
        kept_at=kept_at,
        made_by=by,
        made_at=timezone.now(),
        contents=text,
        sha256=fingerprint(text),
    )
    medium.save_by(by)
    audit.record(
        by=by, verb="archive.medium.made", target=medium, sha256=medium.sha256, bags=len(said["bags"])
    )
    return medium


@recorded_write
def note(*, medium: Medium, facts: Mapping[str, Any], by: User) -> MediumEvent:
    """`facts`: kind, on, person, note. Nothing noted is taken back; what was wrong is followed by what is right."""
    _check(by)
    event = MediumEvent(medium=medium, noted_by=by, **facts)
    event.save_by(by)
    audit.record(by=by, verb="archive.medium.noted", target=medium, what=event.kind)
    return event


def _check(by: User) -> None:
    if not policies.may_keep(by):
        raise PermissionDenied

"""All the sheets that a teacher fills in as one workbook: out of the portal, and back as one preview a sheet."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied

from accounts import audit
from accounts.models import User
from accounts.writing import recorded_write
from gradebook import policies
from gradebook.actions.imports import check_file, keep
from gradebook.import_rows import FileReason, Misplaced
from gradebook.mark_plan import MarkPlan
from gradebook.models import Course, Import
from gradebook.sheet_identity import Identity, check_identity, unseal
from gradebook.sheet_plan import plan_sheet
from gradebook.sheet_workbook import whole_workbook
from gradebook.spreadsheets.coded import read_seals, read_several


@dataclass(slots=True)
class HandedIn:
    """What became of each sheet of the workbook: kept for a preview, as it was downloaded, or not this person's."""

    kept: list[Import] = field(default_factory=list)
    untouched: list[Course] = field(default_factory=list)
    not_theirs: list[Identity] = field(default_factory=list)


@recorded_write
def export_my_sheets(*, semester: int, by: User) -> bytes:
    """Every sheet in which this person writes today; each course is noted. Raises PermissionDenied without any."""
    courses = list(policies.courses_written_by(by))
    if not courses:
        raise PermissionDenied
    data, rows = whole_workbook(courses, semester, by)
    for course, count in zip(courses, rows, strict=True):
        part = f"{course} HK{semester}"
        audit.record(by=by, verb="gradebook.export.made", target=course, kind="sheet", part=part, rows=count)
    return data


def hand_in_sheets(*, file_name: str, data: bytes, by: User) -> HandedIn:
    """Check the workbook and keep it once for each sheet that somebody filled in; write no mark.

    Raises spreadsheets.problems.Refused (UnsafeFile, UnreadableTable), or Misplaced: NO_SEAL, FORGED, OUTDATED_SHEET.
    """
    handed_in = HandedIn()
    uploads = []
    for identity, course, plan in _sheets(file_name, data, by):
        if course is None or plan is None:
            handed_in.not_theirs.append(identity)
        elif _is_touched(plan):
            uploads.append(Import(kind=Import.Kind.MARKS, course=course, semester=identity.semester))
        else:
            handed_in.untouched.append(course)
    # Every sheet has been read by now: a workbook that is refused leaves nothing behind.
    handed_in.kept = [keep(upload, file_name=file_name, data=data, by=by) for upload in uploads]
    return handed_in


def _sheets(
    file_name: str, data: bytes, by: User
) -> Iterator[tuple[Identity, Course | None, MarkPlan | None]]:
    check_file(file_name, data, computed=True)
    if not (seals := read_seals(data)):
        raise Misplaced(FileReason.NO_SEALS)
    mine = {course.pk: course for course in policies.courses_written_by(by)}
    identities = {key: unseal(sealed) for key, sealed in seals.items()}
    tables = read_several(data, [key for key, each in identities.items() if each.course in mine])
    for key, identity in identities.items():
        if course := mine.get(identity.course):
            check_identity(identity, course, identity.semester)
            yield identity, course, plan_sheet(tables[key], identity, course, identity.semester)
        else:
            yield identity, None, None


def _is_touched(plan: MarkPlan) -> bool:
    asked = any(wish.is_asked for wish in plan.wishes)
    return asked or bool(plan.emptied or plan.refused or plan.refused_cells)

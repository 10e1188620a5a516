"""Give numbers of the register, without gaps and for good; print it."""

from django.core.exceptions import PermissionDenied

from accounts import audit
from accounts.models import User
from accounts.recorded import update_many
from accounts.roles import Permission
from accounts.writing import recorded_write
from gradebook import policies, register
from gradebook.models import School, Student


class RegisterChanged(ValueError):
    """Pupils or numbers are no longer those that the preview showed. Nothing is written."""


class NothingToPrint(ValueError):
    """No pupil of the register is in this part of it."""


class TooMuchToPrint(ValueError):
    """More lines than a volume holds."""


LARGEST_VOLUME = 200
"""Lines of one volume: about fifteen pages, which a page of the portal renders while its reader waits."""


@recorded_write
def number_pupils(*, first: int, seen: str, by: User) -> int:
    """Number everybody who has no number yet, as previewed. Returns how many. Raises RegisterChanged."""
    if not by.may(Permission.MANAGE_PUPILS):
        raise PermissionDenied
    # One numbering at a time: the school's row stands for its register.
    School.objects.select_for_update().get(pk=1)
    candidates = register.unnumbered(first)
    if not candidates or register.fingerprint(candidates) != seen:
        raise RegisterChanged
    students = []
    for candidate in candidates:
        candidate.student.register_number = candidate.number
        candidate.student.admitted_on = candidate.admitted_on
        students.append(candidate.student)
    update_many(Student, students, fields=["register_number", "admitted_on"], by=by, origin="register")
    audit.record(
        by=by,
        verb="gradebook.register.numbered",
        first=candidates[0].number,
        last=candidates[-1].number,
    )
    return len(candidates)


@recorded_write
def print_register(
    *, first: int | None, last: int | None, year: int | None, paper: str, by: User
) -> list[register.Line]:
    """The lines of one volume, and the note of who printed them. Raises NothingToPrint or TooMuchToPrint."""
    if not policies.may_print_register(by):
        raise PermissionDenied
    lines = register.read_lines(register.registered(first=first, last=last, year=year)[: LARGEST_VOLUME + 1])
    if not lines:
        raise NothingToPrint
    if len(lines) > LARGEST_VOLUME:
        raise TooMuchToPrint
    audit.record(
        by=by,
        verb="gradebook.register.printed",
        first=lines[0].number,
        last=lines[-1].number,
        lines=len(lines),
        paper=paper,
    )
    return lines

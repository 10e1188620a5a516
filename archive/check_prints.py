"""A check sheet was printed: the book keeps the fact, because deadlines of corrections count from it (S1 Đ11.3)."""

from accounts.models import User
from archive.models import Edition
from gradebook.actions.check_prints import note_check_print
from gradebook.models import Period


def note_if_check_sheet(edition: Edition, *, by: User) -> None:
    """Also of one that is printed again unchanged: the first print after the tests counts."""
    if edition.kind != Edition.Kind.CHECK_SHEET:
        return
    assert edition.school_class is not None  # noqa: S101  archive_edition_about
    code = edition.part.rpartition("-")[2].upper()
    period = Period.objects.get(semester__year=edition.school_class.year_id, code=code)
    courses = [edition.course] if edition.course else edition.school_class.courses.of_subjects()
    note_check_print(courses=courses, period=period, by=by)

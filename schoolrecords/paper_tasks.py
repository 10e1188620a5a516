"""What the class book on paper asks for: blank books to print in autumn, columns to confirm again."""

from collections.abc import Iterator, Sequence

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.roles import Permission
from archive.models import Edition, Signature
from archive.signing import turns
from gradebook import policies
from gradebook.confirmations import to_confirm_again
from gradebook.models import Column, Policy, SchoolClass
from gradebook.years import current_year
from schoolrecords.work_items import Task, task


def to_confirm(user: User) -> Iterator[Task]:
    """The columns this person owns, whose values changed after they were confirmed (S3-31)."""
    strands = policies.strands_of(user)
    for columns in to_confirm_again(course__in=strands).values():
        mine = [column for column in columns if {"", column.strand} & strands[column.course_id]]
        if mine:
            yield _confirm_again(mine)


def blank_books(user: User) -> Iterator[Task]:
    """For the clerk and the homeroom teacher, due on the day of the policy, while the first semester runs (S3-22)."""
    today = timezone.localdate()
    year = current_year()
    if year is None or not year.is_open or not year.semesters.filter(number=1, ends_on__gte=today).exists():
        return
    due = dict(Policy.objects.filter(year=year).values_list("level", "blank_book_deadline"))
    printed = Edition.objects.filter(kind=Edition.Kind.BLANK_BOOK, school_class=OuterRef("pk"))
    classes = SchoolClass.objects.filter(~Exists(printed), year=year)
    if not user.may(Permission.REQUEST_BOOK):
        classes = classes.filter(homeroom_teacher=user)
    waiting = [each for each in classes.order_by("grade", "name") if due.get(each.level)]
    if waiting:
        title = ngettext("Print the blank book", "Print the blank books", len(waiting))
        names = ", ".join(each.name for each in waiting[:8]) + ("…" if len(waiting) > 8 else "")
        first = min(due[each.level] for each in waiting)
        yield task(title, names, reverse("archive:papers"), count=len(waiting), due=first)


def to_sign(user: User) -> Iterator[Task]:
    """Final class books whose next electronic signature is this person's, where the school signs that way (S1-84)."""
    year = current_year()
    books = turns.waiting_for(user, year) if year else []
    if not books:
        return
    title = ngettext("Class book to sign", "Class books to sign", len(books))
    if all(turns.missing(book) == Signature.Role.SCHOOL for book in books):
        title = ngettext("Class book to seal", "Class books to seal", len(books))
    names = _classes_of(books)
    one = reverse("archive:signatures", args=[books[0].pk])
    url = one if len(books) == 1 else reverse("archive:paper_overview")
    yield task(title, names, url, count=len(books), kind="waiting")


def books_to_print_again(user: User) -> Iterator[Task]:
    """For the clerk: the records changed after it was printed, whether it was signed and put into its box or not."""
    year = current_year()
    if books := turns.to_print_again(user, year) if year else []:
        title = ngettext("Class book to print again", "Class books to print again", len(books))
        text = _("The records changed after it was printed: %(classes)s") % {"classes": _classes_of(books)}
        yield task(title, text, reverse("archive:index"), count=len(books), kind="conflict")


def transcripts_to_sign(user: User) -> Iterator[Task]:
    """Printed transcripts whose next electronic signature is this person's: the class with most of them first."""
    year = current_year()
    classes = turns.transcripts_waiting_for(user, year) if year else None
    if not classes:
        return
    count = classes.total()
    if user.may(Permission.KEEP_SEAL):
        title = ngettext("Transcript to seal", "Transcripts to seal", count)
    else:
        title = ngettext("Transcript to sign", "Transcripts to sign", count)
    most = classes.most_common()
    names = ", ".join(f"{name} ({waiting})" for (_key, name), waiting in most[:8])
    names += "…" if len(classes) > 8 else ""
    first, _name = most[0][0]
    yield task(title, names, reverse("archive:class_signatures", args=[first]), count=count, kind="waiting")


def _classes_of(books: Sequence[Edition]) -> str:
    return ", ".join(str(book.school_class) for book in books[:8]) + ("…" if len(books) > 8 else "")


def _confirm_again(columns: list[Column]) -> Task:
    course, count = columns[0].course, len(columns)
    semester = columns[0].period.semester.number
    return task(
        f"{course.subject}, {course.school_class}",
        ngettext(
            "column to confirm again: a value changed", "columns to confirm again: values changed", count
        ),
        reverse("gradebook:marks", args=[course.pk, semester]) + "#checks",
        count=count,
        kind="conflict",
    )

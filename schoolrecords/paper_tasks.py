"""What the class book on paper asks for: columns to confirm again."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import ngettext

from accounts.models import User
from gradebook import policies
from gradebook.confirmations import to_confirm_again
from gradebook.models import Column
from schoolrecords.work_items import Task, task


def to_confirm(user: User) -> Iterator[Task]:
    """The columns this person owns, whose values changed after they were confirmed (S3-31)."""
    strands = policies.strands_of(user)
    for columns in to_confirm_again(course__in=strands).values():
        mine = [column for column in columns if {"", column.strand} & strands[column.course_id]]
        if mine:
            yield _confirm_again(mine)


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

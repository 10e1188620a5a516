"""What was corrected in a class's book after it was locked, as the book records it."""

from dataclasses import asdict
from typing import Any

from django.utils import timezone

from corrections.models import CorrectionLine
from corrections.register import corrected_lines
from gradebook.book import BookColumn
from gradebook.models import SchoolClass

Facts = dict[str, Any]


def executed(school_class: SchoolClass) -> list[Facts]:
    """Every cell that a request changed, in the order of the changes. One query."""
    lines = corrected_lines(school_class).select_related(
        "request__year",
        "column__course__subject",
        "request__requested_by",
        "request__decision__decided_by",
        "request__execution",
        "enrolment__student",
        "column__period__semester",
    )
    return [_change(line) for line in lines]


def _change(line: CorrectionLine) -> Facts:
    request = line.request
    return {
        "request": request.reference,
        "date": timezone.localdate(request.execution.executed_at).isoformat(),
        "number": line.enrolment.number,
        "name": line.enrolment.student.full_name,
        "subject": line.column.course.subject.name,
        "column": asdict(BookColumn.of(line.column)),
        "old": line.old_text,
        "new": line.new_text,
        "reason": request.reason,
        "requested_by": request.requested_by.full_name,
        "decided_by": request.decision.decided_by.full_name,
    }

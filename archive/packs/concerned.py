"""Which history rows a pack is about, as one condition for each table."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import AuditEvent
from accounts.recorded import Recorded
from accounts.seals.sources import Source, sources
from archive.packs.dossiers import Records
from corrections.models import CorrectionRequest
from gradebook.models import Column, Course, LockOrder, Mark, Period, SchoolClass, Window

Which = dict[str, Q]
"""By history table."""


def of_correction(correction: CorrectionRequest, records: Records) -> Which:
    """The dossier's own rows, the cells it is about, whatever it has changed, and what was done with it."""
    which: Which = defaultdict(Q)
    for model, rows in records.items():
        if issubclass(model, Recorded):
            which[_table(model)] |= Q(id__in=[row.pk for row in rows])
    which[_table(Mark)] |= _cells(row for rows in records.values() for row in rows)
    for source in sources():
        if source.recorded and (changed := _changed_by(source, correction)):
            which[source.table] |= Q(id__in=changed)
    target = CorrectionRequest._meta.label_lower
    which[AuditEvent._meta.db_table] |= Q(target_type=target, target_id=correction.pk)
    return which


def of_class(school_class: SchoolClass) -> Which:
    """Every mark of the class's books, and when which book was open by whose order."""
    courses = list(Course.objects.filter(school_class=school_class).values_list("pk", flat=True))
    columns = Column.objects.filter(course__in=courses).values_list("pk", flat=True)
    periods = Period.objects.filter(semester__year=school_class.year_id).values_list("pk", flat=True)
    ordered = Q(school_class_id=school_class.pk) | Q(school_class_id=None)
    return {
        _table(Mark): Q(column_id__in=list(columns)),
        _table(Window): Q(course_id__in=courses),
        _table(LockOrder): ordered & Q(period_id__in=list(periods)),
    }


def corrections_of(school_class: SchoolClass) -> list[CorrectionRequest]:
    return list(CorrectionRequest.objects.about_class(school_class).with_steps().order_by("number"))


def together(parts: Iterable[Which]) -> Which:
    whole: Which = defaultdict(Q)
    for part in parts:
        for table, condition in part.items():
            whole[table] |= condition
    return whole


def _cells(rows: Iterable[Any]) -> Q:
    """The marks that lines of a request name; by column, because a condition for each cell may be too many."""
    pupils: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        if hasattr(row, "enrolment_id") and hasattr(row, "column_id"):
            pupils[row.column_id].add(row.enrolment_id)
    cells = Q(pk__in=[])
    for column, enrolments in pupils.items():
        cells |= Q(column_id=column, enrolment_id__in=enrolments)
    return cells


def _changed_by(source: Source, correction: CorrectionRequest) -> list[int]:
    """Whatever kind of record it is: what a correction writes says so in its history."""
    rows: QuerySet[Any] = QuerySet(source.model)
    found = rows.filter(history_origin=f"correction {correction.reference}")
    return list(found.values_list("id", flat=True).distinct())


def _table(model: type[Recorded]) -> str:
    table: str = model.history.model._meta.db_table
    return table

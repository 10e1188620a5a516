"""What may stand in each column of a sheet, by the class's scheme and the policy of its year and level."""

from collections.abc import Iterable
from typing import Protocol

from accounts.prepared import Given, Prepared
from gradebook.assessment import schemes
from gradebook.assessment.scales import (
    CommentResult,
    ConductLevel,
    FormerConductLevel,
    PrimaryResult,
    Scale,
    SubjectLevel,
    TraitLevel,
)
from gradebook.assessment.schemes import Scheme
from gradebook.entries import Rules
from gradebook.layout import FORMER
from gradebook.models import Column, Course, Policy

_K = Column.Kind
_MARKS = (_K.REGULAR, _K.PERIODIC, _K.MIDTERM, _K.FINAL)
_SCALES: dict[str, type[Scale]] = {
    _K.LEVEL: SubjectLevel,
    _K.TRAIT: TraitLevel,
    _K.SUPPORT: PrimaryResult,
}


class ColumnKind(Protocol):
    """All of a column that its rules depend on."""

    @property
    def pk(self) -> int: ...

    @property
    def kind(self) -> str: ...


def rules_of(course: Course, columns: Iterable[ColumnKind]) -> dict[int, Rules]:
    """The rules by column. `course` needs its class and year; one query. Raises UnknownScheme."""
    school_class = course.school_class
    [policy] = _POLICY.ask(year=school_class.year_id, level=school_class.level)
    return rules_with(course, columns, whole_regular=policy.whole_regular_marks)


_POLICY = Prepared[Policy](lambda: Policy.objects.filter(year=Given("year"), level=Given("level")))


def rules_with(course: Course, columns: Iterable[ColumnKind], *, whole_regular: bool) -> dict[int, Rules]:
    """The same without a query, for a page that knows what the policy says of regular marks."""
    scheme = schemes.parse(course.school_class.scheme)
    return {column.pk: _rules(course, column, scheme, whole_regular=whole_regular) for column in columns}


def _rules(course: Course, column: ColumnKind, scheme: Scheme, *, whole_regular: bool) -> Rules:
    kind = column.kind
    in_primary = course.kind == Course.Kind.PRIMARY
    return Rules(
        kind,
        scale=_scale(course, kind, scheme),
        whole=in_primary or (whole_regular and kind == _K.REGULAR),
        zero=scheme.options.zero_in_primary if in_primary else True,
        absence=kind in _MARKS,
    )


def _scale(course: Course, kind: str, scheme: Scheme) -> type[Scale] | None:
    if kind in (_K.CONDUCT, _K.YEAR_CONDUCT):
        return FormerConductLevel if scheme.circular in FORMER else ConductLevel
    if course.kind == Course.Kind.COMMENT and kind != _K.COMMENT:
        return CommentResult
    return _SCALES.get(kind)

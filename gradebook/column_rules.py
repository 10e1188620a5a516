"""What may stand in each column of a sheet, by the class's scheme and the policy of its year and level."""

from collections.abc import Iterable

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


def rules_of(course: Course, columns: Iterable[Column]) -> dict[int, Rules]:
    """The rules by column. `course` needs its class and year; one query. Raises UnknownScheme."""
    school_class = course.school_class
    [policy] = _POLICY.ask(year=school_class.year_id, level=school_class.level)
    scheme = schemes.parse(school_class.scheme)
    return {column.pk: _rules(course, column, policy, scheme) for column in columns}


_POLICY = Prepared[Policy](lambda: Policy.objects.filter(year=Given("year"), level=Given("level")))


def _rules(course: Course, column: Column, policy: Policy, scheme: Scheme) -> Rules:
    kind = column.kind
    in_primary = course.kind == Course.Kind.PRIMARY
    return Rules(
        kind,
        scale=_scale(course, kind, scheme),
        whole=in_primary or (policy.whole_regular_marks and kind == _K.REGULAR),
        zero=scheme.options.zero_in_primary if in_primary else True,
        absence=kind in _MARKS,
    )


def _scale(course: Course, kind: str, scheme: Scheme) -> type[Scale] | None:
    if kind in (_K.CONDUCT, _K.YEAR_CONDUCT):
        return FormerConductLevel if scheme.circular in FORMER else ConductLevel
    if course.kind == Course.Kind.COMMENT and kind != _K.COMMENT:
        return CommentResult
    return _SCALES.get(kind)

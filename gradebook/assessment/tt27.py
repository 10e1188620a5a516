"""TT 27/2020/TT-BGDĐT, primary school: everything the rest of the portal calls."""

from gradebook.assessment.traits import Trait, TraitKind, traits
from gradebook.assessment.tt27_promotion import (
    Completion,
    PrimaryPromotion,
    PrimaryStatus,
    PrincipalDecision,
    award,
    promotion,
)
from gradebook.assessment.tt27_tests import parse_score, tests_required
from gradebook.assessment.tt27_year import YearEndValues, YearResult, year_result

__all__ = [
    "Completion",
    "PrimaryPromotion",
    "PrimaryStatus",
    "PrincipalDecision",
    "Trait",
    "TraitKind",
    "YearEndValues",
    "YearResult",
    "award",
    "parse_score",
    "promotion",
    "tests_required",
    "traits",
    "year_result",
]

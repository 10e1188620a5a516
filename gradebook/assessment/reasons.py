"""Why a result is what it is, as data; sentences are made where they are shown."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from gradebook.assessment.scales import Scale


@dataclass(frozen=True, slots=True)
class Clause:
    """A place in a circular: Điều (article), khoản (paragraph), điểm (point)."""

    circular: str
    article: int
    paragraph: int | None = None
    point: str = ""

    @property
    def code(self) -> str:
        """A short stable form, such as ``TT22-2021:9.2.a``."""
        parts = [str(part) for part in (self.article, self.paragraph, self.point) if part]
        return f"{self.circular}:{'.'.join(parts)}"


class ReasonCode(Enum):
    """What a reason says about its subject, value and threshold."""

    LEVEL_REACHED = "level-reached"
    ADJUSTED = "adjusted"  # the level was raised one step because of `subject` alone
    NOTHING_ASSESSED = "nothing-assessed"
    # What kept `level` out of reach.
    SUBJECT_BELOW = "subject-below"
    TOO_FEW_SUBJECTS = "too-few-subjects"  # `value` subjects at `threshold`, `needed` wanted
    NEAREST_SUBJECT = "nearest-subject"  # one of the subjects closest to making up that number
    COMMENT_NOT_PASSED = "comment-not-passed"
    SUBJECT_LEVEL_BELOW = "subject-level-below"
    TRAIT_BELOW = "trait-below"
    TEST_BELOW = "test-below"
    OVERALL_BELOW = "overall-below"
    NO_ANCHOR = "no-anchor"  # none of the anchor subjects reaches `threshold`; `subject` comes closest
    SPECIALISED_BELOW = "specialised-below"
    NOT_LISTED = "not-listed"  # the circular has no answer: people decide
    # Conduct, promotion and awards.
    FIRST_SEMESTER = "first-semester"
    SECOND_SEMESTER = "second-semester"
    ABSENCES_OVER = "absences-over"
    ABSENCES_WITHIN = "absences-within"
    CONDUCT_BELOW = "conduct-below"
    CONDUCT_REACHED = "conduct-reached"
    LEARNING_BELOW = "learning-below"
    LEARNING_REACHED = "learning-reached"
    BOTH_BELOW = "both-below"
    RETEST_OFFERED = "retest-offered"
    RESULT_BELOW = "result-below"
    AFTER_SUPPORT = "after-support"
    PRINCIPAL_DECIDED = "principal-decided"
    PRINCIPAL_TO_DECIDE = "principal-to-decide"
    ENOUGH_SUBJECTS = "enough-subjects"
    NOT_OUTSTANDING = "not-outstanding"
    NOT_RECOGNISED = "not-recognised"
    TITLES_SWITCHED_OFF = "titles-switched-off"


@dataclass(frozen=True, slots=True)
class Reason:
    """One fact behind a result: the clause it rests on and what was compared with what."""

    code: ReasonCode
    clause: Clause
    level: Scale | None = None
    subject: str | None = None
    value: Decimal | int | Scale | None = None
    threshold: Decimal | int | Scale | None = None
    needed: int | None = None

    def as_data(self) -> dict[str, str | int]:
        """The reason as plain text and numbers, without what does not apply."""
        fields = {
            "code": self.code.value,
            "clause": self.clause.code,
            "level": _plain(self.level),
            "subject": self.subject,
            "value": _plain(self.value),
            "threshold": _plain(self.threshold),
            "needed": self.needed,
        }
        return {name: value for name, value in fields.items() if value is not None}


def _plain(value: Decimal | int | Scale | None) -> str | int | None:
    if isinstance(value, Scale):
        return value.word
    return str(value) if isinstance(value, Decimal) else value

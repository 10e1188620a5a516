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
    """What a reason says about its subject, value and threshold; README.md lists the fields of each code."""

    NOTHING_ASSESSED = "nothing-assessed"
    # What carried `level`.
    LEVEL_REACHED = "level-reached"
    OVERALL_REACHED = "overall-reached"
    ANCHOR_REACHED = "anchor-reached"
    SPECIALISED_REACHED = "specialised-reached"
    ENOUGH_SUBJECTS = "enough-subjects"  # `value` subjects at `threshold`, `needed` wanted
    LOWEST_SUBJECT = "lowest-subject"
    LOWEST_TEST = "lowest-test"
    COMMENTS_WITHIN = "comments-within"  # `value` comment subjects failed, `threshold` allowed
    ADJUSTED = "adjusted"  # raised from `before` because of `subject` alone
    NOT_LISTED = "not-listed"  # fallen to `before` because of `subject` alone: people decide
    # What kept `level` out of reach.
    OVERALL_BELOW = "overall-below"
    NO_ANCHOR = "no-anchor"  # none of the anchor subjects reaches `threshold`; `subject` comes closest
    SPECIALISED_BELOW = "specialised-below"
    SUBJECT_BELOW = "subject-below"
    TOO_FEW_SUBJECTS = "too-few-subjects"  # `value` subjects at `threshold`, `needed` wanted
    NEAREST_SUBJECT = "nearest-subject"  # one of the subjects closest to making up that number
    COMMENT_NOT_PASSED = "comment-not-passed"
    SUBJECT_LEVEL_BELOW = "subject-level-below"
    TRAIT_BELOW = "trait-below"
    TEST_BELOW = "test-below"
    FIRST_SEMESTER_BELOW = "first-semester-below"
    SECOND_SEMESTER_BELOW = "second-semester-below"
    # Conduct, promotion, retests and awards.
    FIRST_SEMESTER = "first-semester"
    SECOND_SEMESTER = "second-semester"
    ABSENCES_OVER = "absences-over"
    ABSENCES_WITHIN = "absences-within"
    CONDUCT_BELOW = "conduct-below"
    CONDUCT_REACHED = "conduct-reached"
    LEARNING_BELOW = "learning-below"
    LEARNING_REACHED = "learning-reached"
    BOTH_BELOW = "both-below"  # conduct and learning: no second chance in summer
    TOO_LOW_FOR_RETEST = "too-low-for-retest"
    RETEST_OFFERED = "retest-offered"
    RESULT_BELOW = "result-below"
    AFTER_SUPPORT = "after-support"
    PRINCIPAL_DECIDED = "principal-decided"
    PRINCIPAL_TO_DECIDE = "principal-to-decide"
    OUTSTANDING = "outstanding"
    NOT_OUTSTANDING = "not-outstanding"
    RECOGNISED = "recognised"
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
    before: Scale | None = None

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
            "before": _plain(self.before),
        }
        return {name: value for name, value in fields.items() if value is not None}


def _plain(value: Decimal | int | Scale | None) -> str | int | None:
    if isinstance(value, Scale):
        return value.word
    return str(value) if isinstance(value, Decimal) else value

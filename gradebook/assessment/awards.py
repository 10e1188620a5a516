"""What the year-end awards of the three circulars have in common."""

from dataclasses import dataclass
from enum import Enum

from gradebook.assessment.reasons import Reason


class Title(Enum):
    """The titles as the circulars word them."""

    EXCELLENT = "Học sinh Xuất sắc"
    GOOD = "Học sinh Giỏi"
    EXEMPLARY = "Học sinh Tiêu biểu hoàn thành tốt trong học tập và rèn luyện"
    FORMER_GOOD = "Học sinh giỏi"
    FORMER_ADVANCED = "Học sinh tiên tiến"


@dataclass(frozen=True, slots=True)
class Award:
    """The title a pupil's results earn, or None, and why; the principal decides on it."""

    title: Title | None
    reasons: tuple[Reason, ...]

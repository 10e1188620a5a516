"""TT 27/2020 Điều 7: the periodic tests and their scores."""

import re

from gradebook.assessment.catalogue import Period, subjects
from gradebook.assessment.cells import InvalidMark, MarkFault
from gradebook.assessment.schemes import DEFAULTS, Options

_WHOLE = re.compile(r"-?[0-9]+")
_DECIMAL = re.compile(r"-?[0-9]+[.,][0-9]+")


def tests_required(grade: int, period: Period) -> tuple[str, ...]:
    """The codes of the subjects that need a test, in the order of the books.

    TT 27/2020 Điều 7 khoản 1 b: at the end of each semester the compulsory subjects of the list; in grades 4
    and 5 also Tiếng Việt and Toán at mid-term. Raises ValueError outside grades 1 to 5.
    """
    if not 1 <= grade <= 5:
        raise ValueError(f"TT 27/2020 is for grades 1 to 5, not {grade}")
    return tuple(subject.code for subject in subjects(grade) if period in subject.tests)


def parse_score(text: str, options: Options = DEFAULTS) -> int:
    """The score of a test: a whole number from 1 to 10; InvalidMark when refused.

    TT 27/2020 Điều 7 khoản 1 d forbids decimals. It is silent on 0, which only the option allows.
    """
    typed = text.strip()
    if _DECIMAL.fullmatch(typed):
        raise InvalidMark(MarkFault.TOO_MANY_DECIMALS, text)
    if not _WHOLE.fullmatch(typed):
        raise InvalidMark(MarkFault.NOT_A_NUMBER, text)
    score = int(typed)
    if not 0 <= score <= 10:
        raise InvalidMark(MarkFault.OUT_OF_RANGE, text)
    if score == 0 and not options.zero_in_primary:
        raise InvalidMark(MarkFault.ZERO, text)
    return score

"""The title of a primary pupil, which waits for two judgements of people."""

from gradebook.assessment import tt27
from gradebook.assessment.scales import PrimaryResult
from gradebook.assessment.schemes import Scheme


def primary_award(result: str, scheme: Scheme, *, distinction: bool, recognised: bool) -> str:
    """The title in the circular's words, or "" (TT 27/2020, article 13). `result` is a word; "" while there is none."""
    if not result:
        return ""
    award = tt27.award(
        PrimaryResult.parse(result),
        outstanding_or_progress=distinction,
        class_recognised=recognised,
        options=scheme.options,
    )
    return award.title.value if award.title else ""

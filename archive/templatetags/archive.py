from collections.abc import Mapping
from typing import Any

from django import template

from accounts.seals import words
from archive import wording
from archive.models import Edition

register = template.Library()


@register.filter
def fault(code: str) -> str:
    """What a fault's code means, for the person who has to act."""
    return str(wording.FAULTS.get(code, code))


@register.filter
def whose(edition: Edition) -> str:
    return wording.whose(edition)


@register.filter
def period(edition: Edition) -> str:
    return wording.period(edition)


@register.filter
def finding_in_words(finding: Mapping[str, Any]) -> str:
    """What a check of the history has found."""
    return words.sentence(finding)


@register.filter
def in_groups(digest: str) -> str:
    """A hash as one copies it by hand: eight groups of eight."""
    return " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))

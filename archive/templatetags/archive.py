from django import template

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

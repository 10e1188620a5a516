from django import template

from archive import wording

register = template.Library()


@register.filter
def fault(code: str) -> str:
    """What a fault's code means, for the person who has to act."""
    return str(wording.FAULTS.get(code, code))

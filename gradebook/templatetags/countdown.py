from datetime import datetime

from django import template
from django.utils import timezone

from gradebook import countdown

register = template.Library()


@register.filter
def left(until: datetime) -> str:
    """How long it is until then, in words."""
    return countdown.left(until, timezone.now())

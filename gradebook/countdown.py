"""How long books stay open yet, in words."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def left(until: datetime, now: datetime) -> str:
    """In whole days from two days on, in whole hours from two hours on, else in minutes."""
    span = until - now
    if span >= 2 * DAY:
        days = span // DAY
        return ngettext("in %(n)d day", "in %(n)d days", days) % {"n": days}
    if span >= 2 * HOUR:
        hours = span // HOUR
        return ngettext("in %(n)d hour", "in %(n)d hours", hours) % {"n": hours}
    minutes = max(span // MINUTE, 0)
    return ngettext("in %(n)d minute", "in %(n)d minutes", minutes) % {"n": minutes}


def moment(at: datetime) -> str:
    return date_format(localtime(at), "H:i d/m")


def locks(hours: Collection[datetime], now: datetime) -> str:
    """The whole sentence, for a line of the home page: one hour, or from the first to the last of several."""
    first, last = min(hours), max(hours)
    if first == last:
        return _("locks at %(hour)s, %(left)s") % {"hour": moment(first), "left": left(first, now)}
    values = {"first": moment(first), "left": left(first, now), "last": moment(last)}
    return _("locks by kind of mark: first at %(first)s, %(left)s, last at %(last)s") % values

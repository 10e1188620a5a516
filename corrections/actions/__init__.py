"""The way of a correction: submitted, decided, carried out. The book stays locked throughout.

Locks are taken in one order, each action leaving out what it does not need: the request, then the row of the pupil,
the windows of the course, and last the school year (its row serialises the numbers). A lower app cannot know a
request, so nobody who holds one of its locks ever waits for a request's: no circle, no deadlock.
"""

from corrections.actions.deciding import AlreadyDecided, RefusalNeedsNote, approve, refuse
from corrections.actions.executing import NotWaiting, execute
from corrections.actions.submitting import submit

__all__ = ["AlreadyDecided", "NotWaiting", "RefusalNeedsNote", "approve", "execute", "refuse", "submit"]

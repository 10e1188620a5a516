"""The way of a correction: asked, confirmed, decided, carried out before witnesses. The book stays locked throughout.

Locks are taken in one order, each action leaving out what it does not need: the request, then the row of the pupil,
the windows of the course, and last the school year (its row serialises the numbers). A lower app cannot know a
request, so nobody who holds one of its locks ever waits for a request's: no circle, no deadlock.
"""

from corrections.actions.asking_back import NothingSaid, answer, ask_back, withdraw
from corrections.actions.deciding import AlreadyDecided, RefusalNeedsNote, TooLate, approve, refuse
from corrections.actions.endorsing import DeclineNeedsNote, decline, endorse
from corrections.actions.executing import NotAllPresent, NotWaiting, Pupils, execute
from corrections.actions.presences import PresenceRefused, confirm_presence
from corrections.actions.rows import NotAwaited
from corrections.actions.submitting import submit

__all__ = [
    "AlreadyDecided",
    "DeclineNeedsNote",
    "NotAllPresent",
    "NotAwaited",
    "NotWaiting",
    "NothingSaid",
    "PresenceRefused",
    "Pupils",
    "RefusalNeedsNote",
    "TooLate",
    "answer",
    "approve",
    "ask_back",
    "confirm_presence",
    "decline",
    "endorse",
    "execute",
    "refuse",
    "submit",
    "withdraw",
]

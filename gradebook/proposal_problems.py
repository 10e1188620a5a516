"""Why a proposal or a decision on one pupil was refused, in words."""

from django.utils.translation import gettext_lazy

SENTENCES = {
    "not-in-class": gettext_lazy("This pupil is not in this class."),
    "results-changed-here": gettext_lazy(
        "The results changed after this page was opened. Look at them again."
    ),
    "not-called-back": gettext_lazy(
        "The rules do not send this pupil to summer training, a retest or support."
    ),
    "too-long": gettext_lazy("Longer than 1000 characters."),
    "left": gettext_lazy("This pupil has left the class."),
    "proposal-changed": gettext_lazy("The proposal changed after this page was opened. Look at it again."),
    "not-called": gettext_lazy("No decision of the year sends this pupil to the summer."),
    "not-an-outcome": gettext_lazy("Choose where the pupil goes."),
    "not-a-title": gettext_lazy("This title is not given under these rules."),
    "no-reason": gettext_lazy("This departs from what was computed or proposed. Say why."),
    "null-character": gettext_lazy("The text holds a character that cannot be stored."),
    "decided": gettext_lazy("Already decided, and the results have not changed since."),
    "not-proposed": gettext_lazy("The homeroom teacher has not proposed this pupil yet."),
    "own": gettext_lazy("Nobody decides on their own proposal."),
    "results-changed": gettext_lazy(
        "The results changed after the proposal. The homeroom teacher proposes again."
    ),
}


def sentence(code: str) -> str:
    return str(SENTENCES[code])

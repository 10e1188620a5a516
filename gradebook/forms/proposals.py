"""A posted proposal sheet, and the decision on it."""

import re
from collections.abc import Iterator

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from gradebook.actions.proposal_desk import Wish
from gradebook.actions.proposals import BooksOpen
from gradebook.forms.decisions import NumberAndDateForm

_WISH = re.compile(r"outcome-([1-9][0-9]{0,17})")


def posted_wishes(data: QueryDict) -> Iterator[Wish]:
    """The pupils of a posted proposal sheet: `outcome-<enrolment>=…` and what goes with it. No outcome: no wish."""
    for name in data:
        if (match := _WISH.fullmatch(name)) and (outcome := str(data[name])):
            pk = int(match[1])
            award, reason, distinction = (
                str(data.get(f"{field}-{pk}", "")) for field in ("award", "reason", "distinction")
            )
            yield Wish(
                pk,
                outcome,
                award,
                reason,
                distinction,
                class_recognised=f"recognised-{pk}" in data,
                seen=data.get(f"seen-{pk}"),
            )


class DecisionForm(NumberAndDateForm):
    # Enter in a field would otherwise decide on a whole class unasked.
    seen = forms.BooleanField(
        label=_("I have looked at every pupil below."), error_messages={"required": _("Tick this box.")}
    )

    def refuse(self, problem: ValueError) -> None:
        """Put beside its field why nothing was decided."""
        if isinstance(problem, BooksOpen):
            self.add_error(None, _("Books of this class are still open. Have them locked first."))
        else:
            super().refuse(problem)

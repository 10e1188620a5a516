"""A report to the board and its answer."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from gradebook.actions.incidents import PAGE, TEXT_MAX


class ReportForm(forms.Form):
    what = forms.CharField(
        label=_("What went wrong"),
        max_length=TEXT_MAX,
        widget=forms.Textarea({"rows": 6}),
        help_text=_(
            "What you did, what you expected, what came instead. No marks or names of pupils are needed."
        ),
        error_messages={"required": _("Say what went wrong.")},
    )
    page = forms.CharField(
        label=_("Page"),
        required=False,
        max_length=300,
        validators=[
            RegexValidator(
                rf"\A{PAGE.pattern}\Z", _("Type the address of a page of this portal, as in /classes/.")
            )
        ],
        help_text=_("Where it happened. Empty it when it concerns no page."),
    )


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("Answer"),
        max_length=TEXT_MAX,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("The reporter reads it on the home page; it stays as it is."),
        error_messages={"required": _("Type the answer.")},
    )


def page_of(asked: str) -> dict[str, Any]:
    """The prefilled page of a new report; what is no page of this portal is left out."""
    path = asked.partition("?")[0].partition("#")[0]
    return {"page": path if len(path) <= 300 and PAGE.fullmatch(path) else ""}

"""A decision as it is entered into the register, and the word that it was read."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gradebook.actions.decision_register import FIXED_BY_USE, DecisionPaper, NothingToRead, Stands
from gradebook.attachments import BadFile, Upload
from gradebook.decision_uses import is_in_use
from gradebook.forms.decisions import NumberAndDateForm
from gradebook.models import Decision

STANDS = gettext_lazy("Something rests on this decision: what stands here changes no more.")


class DecisionPaperForm(NumberAndDateForm):
    about = forms.ChoiceField(
        label=gettext_lazy("About"), choices=[("", gettext_lazy("Choose")), *Decision.About.choices]
    )
    title = forms.CharField(
        label=gettext_lazy("Title of the decision"),
        max_length=250,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("What the decision is about, in the words of the paper."),
    )
    scan = forms.FileField(
        label=gettext_lazy("Scan"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ".pdf,.png,.jpg,.jpeg"}),
        help_text=gettext_lazy("A PDF document or a picture (PNG, JPEG). It may be added later."),
    )
    must_be_read = forms.BooleanField(
        label=gettext_lazy("Everybody must confirm having read it"), required=False
    )

    def __init__(self, *args: Any, fixed: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fixed = fixed
        for name in fixed:
            self.fields[name].disabled, self.fields[name].help_text = True, ""
        if "scan" in fixed:
            del self.fields["scan"]

    @property
    def paper(self) -> DecisionPaper:
        return DecisionPaper(**{name: value for name, value in self.cleaned_data.items() if name != "scan"})

    @property
    def upload(self) -> Upload | None:
        file = self.cleaned_data.get("scan")
        return Upload(file.name or "", file.size or 0, file.read) if file else None

    def refuse(self, problem: ValueError) -> None:
        if isinstance(problem, BadFile):
            self.add_error("scan", problem.sentence)
        elif isinstance(problem, Stands):
            self.add_error(problem.field if problem.field in self.fields else None, STANDS)
        elif isinstance(problem, NothingToRead):
            self.add_error("scan", _("Nobody can confirm having read what is not here: add the scan."))
        else:
            super().refuse(problem)


def editing(decision: Decision) -> dict[str, Any]:
    """What `DecisionPaperForm` needs to correct a decision: what stands there, and what of it is fixed."""
    initial = {name: getattr(decision, name) for name in (*FIXED_BY_USE, "must_be_read")}
    if not is_in_use(decision):
        return {"initial": initial}
    fixed = [name for name in FIXED_BY_USE if initial[name]]
    return {"initial": initial, "fixed": [*fixed, "scan"] if decision.scan_path else fixed}


class UnderstoodForm(forms.Form):
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    understood = forms.BooleanField(
        label=gettext_lazy("I have read and understood it."),
        error_messages={"required": gettext_lazy("Tick this box.")},
    )

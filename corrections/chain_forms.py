"""What people write beside the steps of a request."""

from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.forms.sign_in import OtherPersonForm
from corrections.actions import Pupils
from corrections.forms import EvidenceField, evidence_sentence
from corrections.models import CorrectionRequest
from corrections.witnesses import classmates, pupils_concerned
from gradebook.attachments import BadFile


class NoteForm(forms.Form):
    """Beside a consent; who does not consent, or asks for more, has to say something (`required`)."""

    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=2000,
        help_text=_("Needed when you do not consent, and when you ask for more: then it is your question."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: QueryDict | None = None, *, required: Any = "") -> None:
        """`required`: the sentence for who leaves it empty."""
        super().__init__(data)
        self._required = required

    def clean_note(self) -> str:
        """Said here and not by the field: the same field stays beside the consent, which needs no note."""
        note: str = self.cleaned_data["note"]
        if self._required and not note:
            raise forms.ValidationError(self._required, code="required")
        return note


class ApprovalForm(NoteForm):
    """Of a request that came after its last day; the principal's alone."""

    late_reason = forms.CharField(
        label=_("Why it is approved after the last day"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed to approve it."),
        error_messages={"required": _("Say why it is approved after its last day.")},
    )


class AnswerForm(forms.Form):
    note = forms.CharField(
        label=_("Your answer"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write the answer.")},
    )
    evidence = EvidenceField()

    def explain(self, refused: BadFile) -> None:
        self.add_error("evidence", evidence_sentence(refused))


class PresenceForm(OtherPersonForm):
    """Somebody who stands beside who carries out a request, and proves it with the own password."""

    part = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, request: HttpRequest, *, part: str, data: QueryDict | None = None) -> None:
        """One screen has a form for each part: their fields are told apart by it."""
        super().__init__(request, data=data, initial={"part": part}, auto_id=f"id_{slugify(part)}_%s")


class PupilsForm(forms.Form):
    """Who signed the sheet of the oral marks beside each pupil of the request; it is among the evidence."""

    signed = forms.BooleanField(
        label=_("The sheet that all of them signed is among the evidence"),
        error_messages={"required": _("The signed sheet has to be among the evidence.")},
    )

    def __init__(self, data: QueryDict | None = None, *, correction: CorrectionRequest) -> None:
        super().__init__(data)
        self.concerned = pupils_concerned(correction)
        self.roll = {pupil.pk: pupil for pupil in classmates(correction)}
        for pupil in self.concerned:
            others = [(pk, other.student) for pk, other in self.roll.items() if pk != pupil.pk]
            self.fields[f"classmate-{pupil.pk}"] = forms.TypedChoiceField(
                label=gettext("A classmate of %(pupil)s, who signed too") % {"pupil": pupil.student},
                choices=[("", gettext("Choose")), *others],
                coerce=int,
            )
        self.order_fields([name for name in self.fields if name != "signed"])

    @property
    def pupils(self) -> list[Pupils]:
        said = self.cleaned_data
        return [Pupils(pupil, self.roll[said[f"classmate-{pupil.pk}"]]) for pupil in self.concerned]

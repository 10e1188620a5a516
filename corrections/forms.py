from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from corrections.cells import Standing
from corrections.dossiers import NotAccepted
from corrections.models import CorrectionRequest
from corrections.sentences import ABOUT_VALUE, reason
from gradebook.actions.marks import Edit
from gradebook.actions.profiles import ProfileRefused
from gradebook.attachments import BadFile, Upload
from gradebook.entries import COMMENT_MAX
from gradebook.forms.profiles import ProfileForm
from gradebook.models import Column


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class EvidenceField(forms.FileField):
    """Several files in one field; what they are is checked by `gradebook.attachments`."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Evidence"),
            required=False,
            widget=FilesInput({"accept": ".png,.jpg,.jpeg,.pdf"}),
            help_text=lazy(reason, str)("evidence-help"),
        )

    def clean(self, data: Any, initial: Any = None) -> list[Upload]:
        files = [super(EvidenceField, self).clean(file, initial) for file in data or []]
        return [Upload(file.name or "", file.size or 0, file.read) for file in files]


def evidence_sentence(refused: BadFile) -> str:
    return f"{refused.name}: {refused.sentence}" if refused.name else refused.sentence


class ValueInput(forms.TextInput):
    """The browser cannot know that an emptied cell needs no new value."""

    def use_required_attribute(self, initial: object) -> bool:
        return False


class ValueText(ValueInput, forms.Textarea):
    template_name = forms.Textarea.template_name


class RequestForm(forms.Form):
    """What a teacher says about one locked cell."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    new_text = forms.CharField(
        label=_("New value"),
        widget=ValueInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Type the new value, or tick that the cell should be empty.")},
    )
    emptied = forms.BooleanField(label=_("The cell should be empty"), required=False)
    kind = forms.ChoiceField(
        label=_("What happened"), choices=CorrectionRequest.Kind.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        help_text=_("It stays in the history of the mark for good."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    evidence = EvidenceField()

    def __init__(self, *args: Any, cell: Standing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cell = cell
        if cell.column.kind == Column.Kind.COMMENT:
            self.fields["new_text"].widget = ValueText(attrs={"rows": 4, "maxlength": COMMENT_MAX})
        self.fields["new_text"].required = not (self.is_bound and self.data.get("emptied"))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("new_text") and cleaned.get("emptied"):
            self.add_error("emptied", _("Either a new value or an empty cell, not both."))
        return cleaned

    def edit(self) -> Edit:
        cleaned = self.cleaned_data
        return Edit(self.cell.enrolment.pk, self.cell.column.pk, cleaned["new_text"], cleaned["version"])

    def explain(self, refused: NotAccepted | BadFile) -> None:
        """Put the reason of a refusal beside the field it is about."""
        if isinstance(refused, BadFile):
            self.add_error("evidence", evidence_sentence(refused))
        else:
            self.add_error("new_text" if refused.code in ABOUT_VALUE else None, reason(refused.code))


class ProfileRequestForm(ProfileForm):
    """The fields of a closed profile, with why and the proof."""

    kind = forms.ChoiceField(
        label=_("What happened"),
        choices=[
            (kind.value, kind.label)
            for kind in (
                CorrectionRequest.Kind.ENTRY_ERROR,
                CorrectionRequest.Kind.NEW_FACT,
                CorrectionRequest.Kind.OTHER,
            )
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        help_text=_("It stays in the history of the profile for good."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    evidence = EvidenceField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["evidence"].help_text = reason("evidence-help-profile")

    def about(self) -> list[forms.BoundField]:
        return [self[name] for name in ("kind", "reason", "evidence")]

    @property
    def asked(self) -> dict[str, Any]:
        """What `submit_profile` takes."""
        cleaned = self.cleaned_data
        return {
            "changes": self.changes,
            "seen": self.seen,
            "kind": cleaned["kind"],
            "reason": cleaned["reason"],
            "uploads": cleaned["evidence"],
        }

    def explain(self, refused: ProfileRefused | NotAccepted | BadFile) -> None:
        if isinstance(refused, ProfileRefused):
            super().explain(refused)
        elif isinstance(refused, BadFile):
            self.add_error("evidence", evidence_sentence(refused))
        else:
            self.add_error(None, reason(refused.code))

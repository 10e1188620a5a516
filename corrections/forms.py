from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from corrections.dossiers import NotAccepted
from corrections.models import CorrectionRequest
from corrections.proof import ABOUT_EVIDENCE, check_proof
from corrections.sentences import reason
from gradebook.actions.profiles import ProfileRefused
from gradebook.attachments import BadFile, Upload
from gradebook.forms.profiles import ProfileForm
from gradebook.profile_fields import FIELDS


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class EvidenceField(forms.FileField):
    """Several files in one field; what they are is checked by `gradebook.attachments`.

    Kinds instead of endings, so that a telephone offers its camera; no `capture`, which would offer nothing else.
    `is_conditional`: the kind of request decides whether it is needed. The help says when; “optional” would deny it.
    """

    is_conditional = False

    def __init__(self) -> None:
        super().__init__(
            label=_("Evidence"),
            required=False,
            widget=FilesInput({"accept": "image/png,image/jpeg,application/pdf"}),
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
        evidence = self.fields["evidence"]
        evidence.help_text = f"{reason('evidence-help-profile')} {reason('evidence-needed-profile')}"
        evidence.is_conditional = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """What lacks proof is said together with what else is wrong."""
        cleaned: dict[str, Any] = super().clean() or {}
        has_files = bool(cleaned.get("evidence"))
        changed = set(self.changed_data) & set(FIELDS)
        try:
            check_proof(cleaned.get("kind", ""), is_oral=False, has_files=has_files, fields=changed)
        except NotAccepted as refused:
            self.explain(refused)
        return cleaned

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
            self.add_error("evidence" if refused.code in ABOUT_EVIDENCE else None, reason(refused.code))

"""A phrase of the comment bank, and what the bank is searched by."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gradebook.actions.phrases import TEXT_MAX, PhraseRefused, Wording
from gradebook.models import Level, Phrase, Subject

REASONS = {
    "empty": _("Type the phrase."),
    "too-long": _("A phrase has at most 500 characters."),
    "unknown-placeholder": _("“%(found)s” stands for nothing: there are {tên}, {họ tên}, {môn} and {điểm}."),
    "there-already": _("This phrase is there already, for the same subject and pupils."),
    "offered-already": _("This phrase is offered already and waits for an answer."),
}
ALL = ("", _("all"))
OWN, SHARED = "own", "shared"


class PhraseForm(forms.Form):
    text = forms.CharField(
        label=_("Phrase"),
        max_length=TEXT_MAX,
        widget=forms.Textarea({"rows": 3}),
        help_text=_(
            "As it will stand in the book. {tên}, {họ tên}, {môn} and {điểm} are filled in for each pupil: "
            "given name, full name, subject, the semester's average."
        ),
        error_messages={"required": REASONS["empty"]},
    )
    subject = forms.ModelChoiceField(
        label=_("Subject"), queryset=Subject.objects.all(), required=False, empty_label=ALL[1]
    )
    level = forms.ChoiceField(label=_("Level of schooling"), choices=[ALL, *Level.choices], required=False)
    standing = forms.ChoiceField(
        label=_("How the pupil stands"), choices=[ALL, *Phrase.Standing.choices], required=False
    )
    need = forms.ChoiceField(
        label=_("What the pupil needs"), choices=[ALL, *Phrase.Need.choices], required=False
    )

    @property
    def wording(self) -> Wording:
        data = self.cleaned_data
        return Wording(data["text"], data["subject"], data["level"], data["standing"], data["need"])

    def refuse(self, refused: PhraseRefused) -> None:
        self.add_error("text", REASONS[refused.code] % {"found": refused.found})


class NewPhraseForm(PhraseForm):
    """`may_share`: whether the phrase can be the school's."""

    whose = forms.ChoiceField(
        label=_("Whose phrase"),
        choices=[(OWN, _("mine alone")), (SHARED, _("the school's: every teacher is offered it"))],
    )
    field_order = ["text", "whose"]

    def __init__(self, *args: Any, may_share: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_share:
            del self.fields["whose"]

    @property
    def is_shared(self) -> bool:
        return bool(self.cleaned_data.get("whose") == SHARED)


class SearchForm(forms.Form):
    """Every field may be left empty; what is not offered finds nothing wrong, it is left out."""

    q = forms.CharField(label=_("Words"), max_length=120, required=False, widget=forms.SearchInput)
    subject = PhraseForm.base_fields["subject"]
    level = PhraseForm.base_fields["level"]
    standing = PhraseForm.base_fields["standing"]
    need = PhraseForm.base_fields["need"]
    whose = forms.ChoiceField(
        label=_("Whose phrase"),
        choices=[ALL, (OWN, _("mine")), (SHARED, _("the school's"))],
        required=False,
    )

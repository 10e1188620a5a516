"""What a page of the transcripts asks for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import DayField


class WithdrawalForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("It stays with the edition for ever."),
    )


class ReceivingForm(forms.Form):
    """A ZIP says its school and years itself; of a scan the clerk says both."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "The ZIP or PDF of a school that uses this portal, or a scan of the paper transcript (PDF, PNG or JPEG)."
        ),
    )
    from_school = forms.CharField(label=_("The other school"), max_length=160, required=False)
    years = forms.CharField(
        label=_("School years"), max_length=80, required=False, help_text=_("As in 2024-2025, 2025-2026.")
    )

    def ask_of_scan(self) -> None:
        """The file turned out to be a scan, which says neither school nor years."""
        for name in ("from_school", "years"):
            if not self.cleaned_data[name].strip():
                self.add_error(name, _("Of a scan, say this here."))


class CertificateForm(forms.Form):
    number = forms.CharField(label=_("Number of the certificate"), max_length=40)
    register_entry = forms.CharField(
        label=_("Number in the register of certificates"), max_length=40, required=False
    )
    dated = DayField(label=_("Date of the certificate"))

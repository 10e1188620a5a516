"""Signing with an own key: the account's password once more, the key file and its password."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.sign_in import ProofForm

LARGEST = 200_000
"""Bytes of a key file; with its chain of certificates it has a tenth of that."""


class SigningForm(ProofForm):
    key_file = forms.FileField(
        label=_("Your key file (.p12 or .pfx)"),
        help_text=_("From the authority that certified you. It is used for this signature and not kept."),
        widget=forms.FileInput({"accept": ".p12,.pfx,application/x-pkcs12"}),
    )
    key_password = forms.CharField(
        label=_("Password of the key file"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "off"}),
    )
    field_order = ("key_file", "key_password", "password")

    def clean_key_file(self) -> bytes:
        file: Any = self.cleaned_data["key_file"]
        if file.size > LARGEST:
            raise forms.ValidationError(REFUSALS["not-a-key-file"])
        content: bytes = file.read()
        return content


REFUSALS = {
    "not-a-key-file": _("This is not a key file. Choose the file that ends in .p12 or .pfx."),
    "wrong-password": _("This is not the password of the key file. Nothing was signed; try again."),
    "no-key": _("The file holds a certificate without its key. Export it again together with the key."),
    "unsuited-key": _("The key is of a kind that does not sign documents here. Use one of RSA or ECDSA."),
    "too-early": _("The certificate is not valid yet."),
    "expired": _("The certificate has expired. Ask its authority for a new one."),
    "no-token": _("The token with the school's key cannot be reached. Tell the IT administrator."),
    "wrong-pin": _("The token refuses its PIN. Tell the IT administrator, and do not try again."),
    "no-seal": _("The server has no key for the school's seal. Tell the IT administrator."),
    "not-your-turn": _("Another signature is due first, or this edition is not signed any more."),
    "signed-meanwhile": _("Somebody else has signed in the meantime. Look at the signatures again."),
    "file-changed": _("The file of this edition is not the one that was issued, so it is not signed."),
    "outdated": _("The records changed since it was printed. Print it again, then it can be signed."),
    "anothers-certificate": _("The certificate is of %(detail)s, and you are signed in as somebody else."),
    "untrusted": _("The authority of this certificate is not among those that the school trusts."),
    "not-pdfa": _("The signed file would no longer be PDF/A. Nothing was kept. Tell the IT administrator."),
}
BESIDE = {"wrong-password": "key_password"}
OF_THE_FILE = {
    "not-a-key-file",
    "no-key",
    "unsuited-key",
    "too-early",
    "expired",
    "anothers-certificate",
    "untrusted",
}


def refuse(form: forms.Form, code: str, detail: str = "") -> None:
    """Say why nothing was signed, beside the field that can be corrected where there is one."""
    field = BESIDE.get(code) or ("key_file" if code in OF_THE_FILE and "key_file" in form.fields else None)
    form.add_error(field, REFUSALS[code] % {"detail": detail})

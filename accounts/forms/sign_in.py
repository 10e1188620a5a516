"""The shape of what is posted to sign in and to keep one's own account: passwords and codes."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.actions import second_factor
from accounts.models import User
from accounts.throttle import forgive, tries

MOST_PROOFS, PROOF_SECONDS = 20, 900
"""Who finds a computer signed in shall not guess the password until the seal of the school is theirs."""


class SignInForm(AuthenticationForm):
    error_messages = {
        "invalid_login": _("Wrong user name or password. If you forgot it, ask the IT administrator."),
        "inactive": _("This account is disabled. Ask the IT administrator."),
        "locked": _(
            "Too many wrong passwords: signing in with this user name is locked here for 15 minutes. "
            "If you cannot wait, ask the IT administrator to unlock it."
        ),
        "expired": _("This one-time password has expired. Ask the IT administrator for a new slip."),
    }

    def get_invalid_login_error(self) -> ValidationError:
        code = "locked" if self.is_locked else "invalid_login"
        return ValidationError(self.error_messages[code], code=code)

    def confirm_login_allowed(self, user: Any) -> None:
        super().confirm_login_allowed(user)
        if user.one_time_password_expired(timezone.now()):
            raise ValidationError(self.error_messages["expired"], code="expired")

    @property
    def is_locked(self) -> bool:
        return bool(getattr(self.request, "axes_locked_out", False))


class OtherPersonForm(SignInForm):
    """Somebody proves at another's screen who they are; the session stays whose it is.

    The same way as signing in: the same limits on guesses, the same record of failures, the second factor where the
    account has one. A password that somebody else handed out proves nothing.
    """

    code = forms.CharField(
        label=_("Code of the second factor"),
        required=False,
        max_length=20,
        help_text=_("Only for an account that has one."),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].widget.attrs.update({"autocomplete": "off", "autofocus": False})
        self.fields["password"].widget.attrs["autocomplete"] = "off"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        user = self.get_user()
        if user is not None and second_factor.has_second_factor(user):
            answer = second_factor.verify(user=user, typed=cleaned.get("code", ""))
            if not answer.accepted:
                self.add_error("code", _("This code is wrong or was used before. Wait for the next one."))
        return cleaned

    def confirm_login_allowed(self, user: Any) -> None:
        super().confirm_login_allowed(user)
        if user.must_change_password:
            text = _("Sign in with the one-time password first and choose a password of your own.")
            raise ValidationError(text, code="one-time")


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(
            {
                "autocomplete": "one-time-code",
                "autofocus": True,
                "autocapitalize": "none",
                "spellcheck": "false",
            }
        ),
    )


class OwnPasswordForm(PasswordChangeForm):
    """Django's, in the words of this portal. Pasting is allowed: it is how password managers work."""

    field_order = ["old_password", "new_password1", "new_password2"]

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        one_time = user.must_change_password
        self.fields["old_password"].label = _("One-time password") if one_time else _("Current password")
        self.fields["new_password1"].label = _("New password")
        self.fields["new_password1"].help_text = _(
            "At least 12 characters, for example four words that do not belong together. Spaces and Vietnamese "
            "letters are allowed. Not your name, nor words everybody at school would guess."
        )
        self.fields["new_password2"].label = _("New password once more")
        self.fields["new_password2"].help_text = ""
        self.error_messages["password_incorrect"] = _("This is not your current password.")

    def validate_password_for_user(self, user: Any, password_field_name: str = "") -> None:
        """Beside the field where the weak password was chosen, not where it was repeated."""
        super().validate_password_for_user(user, "new_password1")


class ProofForm(forms.Form):
    """One's own password once more, before a change that a passer-by could make."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        counted = f"proof-{self.user.pk}"
        if tries(counted, PROOF_SECONDS) > MOST_PROOFS:
            raise ValidationError(_("Too many wrong passwords. Wait fifteen minutes."))
        if not self.user.check_password(password):
            raise ValidationError(_("This is not your password."))
        forgive(counted)
        return password

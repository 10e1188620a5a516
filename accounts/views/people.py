from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.decorators import permission_required
from accounts.http import AuthenticatedHttpRequest
from accounts.models import User
from accounts.names import sort_key
from accounts.roles import ROLE_PERMISSIONS, Permission, Role


class SignInForm(AuthenticationForm):
    error_messages = {
        "invalid_login": _("Wrong user name or password. If you forgot it, ask the IT administrator."),
        "inactive": _("This account is disabled. Ask the IT administrator."),
    }


class SignIn(LoginView):
    authentication_form = SignInForm
    template_name = "accounts/sign_in.html"
    redirect_authenticated_user = True


@require_safe
@permission_required(Permission.READ_ACCOUNTS)
def people(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Accounts with their roles, and the table of role x permission beside them (S4, annex 1)."""
    accounts = sorted(User.objects.prefetch_related("held_roles"), key=lambda user: sort_key(user.full_name))
    matrix = [
        (permission, [permission in ROLE_PERMISSIONS[role] for role in Role]) for permission in Permission
    ]
    return render(request, "accounts/people.html", {"accounts": accounts, "roles": Role, "matrix": matrix})

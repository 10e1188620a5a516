from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.decorators import permission_required
from accounts.http import AuthenticatedHttpRequest
from accounts.models import User
from accounts.names import sort_key
from accounts.roles import ROLE_PERMISSIONS, Permission, Role


@require_safe
@permission_required(Permission.READ_ACCOUNTS)
def people(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Who can sign in with the roles of today, and the table of role x permission beside them (S4, annex 1)."""
    found = User.objects.with_roles_on(timezone.localdate()).filter(is_active=True)
    accounts = sorted(found, key=lambda user: sort_key(user.full_name))
    matrix = [
        (permission, [permission in ROLE_PERMISSIONS[role] for role in Role]) for permission in Permission
    ]
    context = {
        "accounts": accounts,
        "roles": Role,
        "matrix": matrix,
        "may_manage": request.user.may(Permission.MANAGE_ACCOUNTS),
    }
    return render(request, "accounts/people.html", context)

from django.contrib.auth.views import LogoutView
from django.urls import path

from accounts.views import (
    accounts,
    delegations,
    departments,
    oversight,
    own,
    people,
    second_factor,
    sign_in,
    slips,
    standing,
)

app_name = "accounts"
urlpatterns = [
    path("sign-in/", sign_in.SignIn.as_view(), name="sign_in"),
    path("sign-in/code/", sign_in.sign_in_code, name="sign_in_code"),
    path("sign-in/who/", sign_in.who, name="who"),
    path("sign-out/", LogoutView.as_view(), name="sign_out"),
    path("people/", people.people, name="people"),
    # One's own
    path("account/", own.own_account, name="own_account"),
    path("account/password/", own.password, name="password"),
    path("account/sessions/end/", own.sessions_end, name="sessions_end"),
    path("account/sessions/<int:pk>/end/", own.session_end, name="session_end"),
    path("account/devices/<int:pk>/confirm/", own.device_confirm, name="device_confirm"),
    path("account/second-factor/", second_factor.second_factor, name="second_factor"),
    path("account/second-factor/start/", second_factor.second_factor_start, name="second_factor_start"),
    path("account/second-factor/confirm/", second_factor.second_factor_confirm, name="second_factor_confirm"),
    path("account/second-factor/codes/", second_factor.recovery_codes, name="recovery_codes"),
    path("account/second-factor/remove/", second_factor.second_factor_remove, name="second_factor_remove"),
    # Everybody's, for those who manage them
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/new/", accounts.account_new, name="account_new"),
    path("accounts/slips/", slips.slips, name="slips"),
    path("accounts/watch/", oversight.watch_list, name="watch_list"),
    path("accounts/watch/remind/", oversight.watch_remind, name="watch_remind"),
    path("accounts/journal/", oversight.journal_page, name="account_journal"),
    path("accounts/security/", oversight.security, name="security"),
    path("accounts/roles/<int:pk>/end/", standing.role_end, name="role_end"),
    path("accounts/<int:pk>/", accounts.account, name="account"),
    path("accounts/<int:pk>/edit/", accounts.account_edit, name="account_edit"),
    path("accounts/<int:pk>/give-role/", standing.role_give, name="role_give"),
    path("accounts/<int:pk>/reset-password/", slips.password_reset, name="password_reset"),
    path("accounts/<int:pk>/disable/", standing.account_disable, name="account_disable"),
    path("accounts/<int:pk>/enable/", standing.account_enable, name="account_enable"),
    path("accounts/<int:pk>/unlock/", standing.account_unlock, name="account_unlock"),
    path("accounts/<int:pk>/sign-out/", standing.account_sign_out, name="account_sign_out"),
    path(
        "accounts/<int:pk>/remove-second-factor/",
        standing.account_remove_factor,
        name="account_remove_factor",
    ),
    # departments/
    path("departments/", departments.departments, name="departments"),
    path("departments/found/", departments.found, name="department_found"),
    path("departments/<int:pk>/", departments.department, name="department"),
    path("departments/<int:pk>/rename/", departments.rename, name="department_rename"),
    path("departments/<int:pk>/add-member/", departments.add, name="member_add"),
    path("departments/<int:pk>/appoint-head/", departments.appoint, name="head_appoint"),
    path("departments/<int:pk>/end-membership/", departments.end, name="membership_end"),
    # delegations/
    path("delegations/", delegations.delegations, name="delegations"),
    path("delegations/give/", delegations.give, name="delegation_give"),
    path("delegations/<int:pk>/", delegations.delegation, name="delegation"),
    path("delegations/<int:pk>/end/", delegations.end, name="delegation_end"),
]

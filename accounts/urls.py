from django.contrib.auth.views import LogoutView
from django.urls import path

from accounts.views import delegations, departments, people

app_name = "accounts"
urlpatterns = [
    path("sign-in/", people.SignIn.as_view(), name="sign_in"),
    path("sign-out/", LogoutView.as_view(), name="sign_out"),
    path("people/", people.people, name="people"),
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

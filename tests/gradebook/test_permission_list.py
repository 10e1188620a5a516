"""The permission list: who holds which role since when, and what follows from assignments."""

from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from accounts.actions import create_account, give_role
from accounts.actions.delegations import delegate_power
from accounts.roles import ROLE_PERMISSIONS, Permission, Role
from gradebook.actions.teaching import assign_teacher
from gradebook.permission_list import read_permission_list
from tests.cast import FIRST_DAY, signed_in
from tests.grants import implied


def listed(cast, client):
    return signed_in(client, cast.hanh).get("/permission-list/").context["list"]


@pytest.mark.duty("S1-07", "S4-17", "S4-18")
def test_the_list_says_who_holds_which_role_since_when_and_what_they_teach_and_lead(cast, client):
    people = {person.user: person for person in listed(cast, client).people}

    assert [(held.role, f"{held.since}") for held in people[cast.toan].roles] == [
        ("subject_teacher", "2026-08-01")
    ]
    assert [(line.subject, line.classes) for line in people[cast.toan].teaches] == [("Toán", ["6A"])]
    assert people[cast.mai].leads == ["6A"]
    assert people[cast.cuc].teaches == []


@pytest.mark.duty("S0-18")
def test_the_matrix_is_the_table_the_portal_obeys(cast, client):
    matrix = dict(listed(cast, client).matrix)

    assert set(matrix) == set(Permission)
    for place, role in enumerate(Role):
        assert {power for power in Permission if matrix[power][place]} == ROLE_PERMISSIONS[role]


def test_a_disabled_account_is_not_on_the_list(cast, client):
    cast.lan.is_active = False
    cast.lan.save()

    assert cast.lan not in [person.user for person in listed(cast, client).people]


def test_what_the_list_names_is_what_the_grants_give(cast, client):
    assign_teacher(course=cast.maths["6B"], teacher=cast.toan, since=FIRST_DAY, by=cast.hanh)

    lines = [line for person in listed(cast, client).people for line in person.teaches]

    sheets = 1  # Mai keeps the homeroom sheet of the class she leads
    taught = [grant for grant in implied() if grant[0] == "enter_marks"]
    assert sum(len(line.classes) for line in lines) + sheets == len(taught)


def test_a_delegation_in_force_is_listed_and_one_to_come_is_not(cast, client):
    today = timezone.localdate()
    terms = {"to": cast.vinh, "number": "1/QĐ", "dated": today, "by": cast.hanh}
    later = today + timedelta(days=1)
    delegate_power(power=Permission.ORDER_LOCK, since=today, until=today, **terms)
    delegate_power(power=Permission.DECIDE_RESULTS, since=later, until=later, **terms)

    assert [row.permission for row in listed(cast, client).delegations] == ["order_lock"]


def test_the_document_to_sign_names_everybody(cast, client):
    response = signed_in(client, cast.vinh).get("/permission-list/pdf/")

    assert response["Content-Type"] == "application/pdf"
    with pikepdf.open(BytesIO(response.content)) as document:
        assert len(document.pages) >= 1
        width, height = (float(side) for side in document.pages[0].mediabox[2:])
        assert width > height


def test_the_workbook_has_a_line_for_everybody(cast, client):
    response = signed_in(client, cast.khoa).get("/permission-list/excel/")

    sheet = load_workbook(BytesIO(response.content)).active
    lines = [[cell or "" for cell in line] for line in sheet.iter_rows(min_row=5, values_only=True)]
    assert len(lines) == len(cast.people)
    toan = next(line for line in lines if line[2] == "toan")
    assert (toan[1], toan[3], toan[6]) == ("Đỗ Minh Toàn", "Giáo viên bộ môn (01/08/2026)", "Toán: 6A")


def test_more_people_cost_no_more_queries(cast):
    today = timezone.localdate()
    with CaptureQueriesContext(connection) as few:
        read_permission_list(today)
    for number in range(20):
        user = create_account(username=f"gv{number}", full_name=f"Lê {number}", password=None, by=cast.hanh)
        give_role(user=user, role=Role.SUBJECT_TEACHER, since=FIRST_DAY, by=cast.hanh)
        assign_teacher(course=cast.maths["6B"], teacher=user, since=FIRST_DAY, by=cast.hanh)

    with CaptureQueriesContext(connection) as many:
        read_permission_list(today)

    assert len(many) == len(few)

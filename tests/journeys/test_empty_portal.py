"""From nothing but a principal's account to classes in which teachers enter marks: the first autumn of a portal."""

import pytest
from playwright.sync_api import expect

from schoolrecords.demonstration.staff import PASSWORD
from tests.journeys.browser import Person, School, words
from tests.journeys.portal import Portal

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.one_database]

FOUNDING = [
    "--name=Trường THCS và THPT Bến Đá",
    "--governing-body=Sở Giáo dục và Đào tạo tỉnh Sông Ngàn",
    "--place=Bến Đá",
    "--principal=Đỗ Thị Hiền",
    "--username=hieutruong",
]
CHOSEN = ("Vật lí", "Hóa học", "Sinh học", "Tin học")
STUDIES = ("Toán", "Vật lí", "Hóa học")
TEACHER = "Phạm Văn Thắng"
# Until staff come from pages or an Excel file: one teacher, who signs in as the demonstration's people do.
HIRE = """
from django.utils import timezone
from accounts.actions import create_account, give_role
from accounts.models import User
from accounts.roles import Role
principal = User.objects.get(username="hieutruong")
teacher = create_account(username="gvtoan", full_name="{name}", password="{password}", by=principal)
for role in (Role.SUBJECT_TEACHER, Role.HOMEROOM_TEACHER):
    give_role(user=teacher, role=role, since=timezone.localdate(), by=principal)
"""


@pytest.fixture
def founding():
    return FOUNDING


@pytest.mark.duty("S0-34", "S1-45", "S3-62", "S4-20")
def test_a_principal_sets_up_the_first_year(school: School, portal: Portal):
    principal = school.person("hieutruong")
    principal_opens_the_year(principal)
    principal_sets_the_exams(principal)
    principal_adds_classes(principal)
    principal_opens_the_subjects(principal)
    staff_are_hired(portal)
    principal_places_the_teacher(principal)
    the_teacher_finds_the_class(school.person("gvtoan"))
    assert school.noise == []


def principal_opens_the_year(principal: Person) -> None:
    principal.picture("empty-home")
    principal.go(words("Set up the first school year"), words("Open the first school year"))
    principal.press(words("Open the school year"))
    expect(principal.page.get_by_role("heading", level=1)).to_have_text(words("Year and exams"))


def principal_sets_the_exams(principal: Person) -> None:
    first = int(principal.page.get_by_label(words("First day of school")).input_value()[-4:])
    for code, begin, end in (
        ("GK1", f"26/10/{first}", f"07/11/{first}"),
        ("CK1", f"21/12/{first}", f"09/01/{first + 1}"),
        ("GK2", f"15/03/{first + 1}", f"27/03/{first + 1}"),
        ("CN", f"03/05/{first + 1}", f"15/05/{first + 1}"),
    ):
        principal.page.locator(f"[name={code}_from]").fill(begin)
        principal.page.locator(f"[name={code}_until]").fill(end)
    principal.press(words("Save the calendar"))
    principal.picture("empty-calendar")
    principal.go(words("On to the classes"))


def principal_adds_classes(principal: Person) -> None:
    principal.page.get_by_label(words("Names of the classes")).fill("6A-6B, 10A1-10A2")
    principal.press(words("Add the classes"))
    expect(principal.page.locator("tbody th")).to_have_text(["6A", "6B", "10A1", "10A2"])
    principal.picture("empty-classes")
    principal.go(words("On to the subjects"))


def principal_opens_the_subjects(principal: Person) -> None:
    page = principal.page
    principal.press(words("Open the compulsory subjects"))
    principal.go(words("Grade %(grade)s", grade=10))
    for table, names in (("chosen", CHOSEN), ("thematic", STUDIES)):
        for name in names:
            page.locator(f"input[name^={table}]").and_(page.get_by_label(f"{name}, 10A1", exact=True)).check()
    principal.press(words("Save the subjects"))
    principal.press(words("Open for %(names)s", names="10A2"))
    expect(page.locator("input[name^=chosen]:checked")).to_have_count(2 * len(CHOSEN))
    principal.picture("empty-subjects")


def staff_are_hired(portal: Portal) -> None:
    done = portal.manage("shell", "-v0", "-c", HIRE.format(name=TEACHER, password=PASSWORD))
    assert done.returncode == 0, done.stderr


def principal_places_the_teacher(principal: Person) -> None:
    principal.go(words("Teachers"))
    cells = principal.page.locator("tbody tr:nth-child(-n+3) td:nth-child(2) select")
    expect(cells).to_have_count(3)
    for cell in cells.all():
        cell.select_option(label=TEACHER)
    principal.press(words("Save the assignments"))
    principal.picture("empty-teachers")
    principal.go(words("Year set-up"))
    expect(principal.page.get_by_role("heading", name=words("Still missing"))).to_be_visible()
    principal.picture("empty-check")


def the_teacher_finds_the_class(teacher: Person) -> None:
    teacher.go(words("Classes"), "6A", "Toán")
    expect(teacher.page.locator("table.mark-grid")).to_be_attached()

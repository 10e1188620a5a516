"""An empty portal becomes a working school of 30 classes from the Excel files that the school already has.

Nothing is typed but the principal's year: staff, classes, lessons and pupils come from files, the accounts' first
passwords from printed slips.
"""

import pytest
from playwright.sync_api import expect

from schoolrecords.demonstration.staff import PASSWORD
from tests.journeys import paper_school
from tests.journeys.browser import Person, School, words
from tests.journeys.test_empty_portal import FOUNDING, principal_opens_the_year

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.one_database]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ADMINISTRATOR = "Trần Đăng Khoa"
STAFF = len(paper_school.teachers()) + len(paper_school.LEADERS)
# Writing 1,200 pupils on two busy cores takes its time.
LONG = 90_000


@pytest.fixture
def founding():
    return FOUNDING


@pytest.mark.duty("S0-34", "S1-45", "S3-62", "S4-20")
def test_thirty_classes_from_excel_files_alone(school: School):
    principal = school.person("hieutruong")
    principal_opens_the_year(principal)
    hand_in(principal, "Staff", "Cán bộ.xlsx", paper_school.staff_file(), rows=STAFF)
    slips = slips_of(principal)
    hand_in(principal, "Classes", "Lớp.xlsx", paper_school.class_file(), rows=30)
    lessons = list(paper_school.lessons())
    hand_in(principal, "Teaching assignments", "PCGD.xlsx", paper_school.teaching_file(), rows=len(lessons))

    administrator = first_sign_in(school, slips[ADMINISTRATOR])
    pupils = 30 * paper_school.PUPILS_PER_CLASS
    hand_in(administrator, "Pupils", "Học sinh.xlsx", paper_school.pupil_file(), rows=pupils)
    the_year_is_ready(principal)
    a_teacher_opens_a_book(first_sign_in(school, slips[lessons[0].teacher.name]), lessons[0])
    assert school.noise == []


def hand_in(person: Person, kind: str, name: str, data: bytes, *, rows: int) -> None:
    """Every row of the file is added, and the page says so."""
    page = person.page
    person.go(words("Import"))
    page.locator("main").get_by_role("link", name=words(kind), exact=True).click()
    page.get_by_label(words("Excel file")).set_input_files({"name": name, "mimeType": XLSX, "buffer": data})
    person.press(words("Check the file"))
    expect(page.locator(".tally dd").nth(1)).to_have_text(str(rows), timeout=LONG)
    person.picture(f"excel-{kind.lower().replace(' ', '-')}")
    person.press(words("Confirm the import"))
    expect(page.get_by_text(words("confirmed"), exact=True).first).to_be_visible(timeout=LONG)


def slips_of(principal: Person) -> dict[str, tuple[str, str]]:
    """User name and one-time password by full name, as they are cut from the printed pages."""
    found: dict[str, tuple[str, str]] = {}
    page, confirmed = principal.page, principal.page.url
    page.set_default_timeout(LONG)  # every slip is a password put through the real hasher, slow on purpose
    while len(found) < STAFF:
        page.goto(confirmed)
        principal.press(words("Make the slips"))
        for slip in page.locator(".slips > li").all():
            username, password = slip.locator(".slip-secret").all_inner_texts()
            found[slip.locator(".slip-name").inner_text()] = username, password
    principal.picture("excel-slips")
    return found


def first_sign_in(school: School, slip: tuple[str, str]) -> Person:
    """With the slip's password, which opens one page only: the choice of one's own."""
    username, password = slip
    newcomer = school.passer_by()
    newcomer.page.goto("/sign-in/")
    newcomer.page.get_by_label(words("User name")).fill(username)
    newcomer.page.locator("input[type=password]").fill(password)
    newcomer.press(words("Sign in"))
    expect(newcomer.page.get_by_role("heading", level=1)).to_have_text(words("Choose a password of your own"))
    current, *new = newcomer.page.locator("input[type=password]").all()
    current.fill(password)
    for field in new:
        field.fill(f"{PASSWORD}-{username}")
    newcomer.press(words("Set the password"))
    return newcomer


def the_year_is_ready(principal: Person) -> None:
    """Nothing is missing any more but what nobody has on paper: the days of the exams."""
    principal.go(words("Classes"))
    expect(principal.page.locator("main tbody tr")).to_have_count(30)
    principal.go(words("Year set-up"))
    lacking = principal.page.locator(".checks").first.get_by_role("link")
    expect(lacking).to_have_text([words("Periods without exam dates")])
    principal.picture("excel-check")


def a_teacher_opens_a_book(teacher: Person, lesson: paper_school.Lesson) -> None:
    teacher.go(words("Classes"), lesson.class_name, lesson.subject)
    expect(teacher.page.locator("table.mark-grid tbody tr")).to_have_count(paper_school.PUPILS_PER_CLASS)
    teacher.picture("excel-grid")

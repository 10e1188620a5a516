"""The end of a year in the browser: proposals, decisions, a retest in summer, and what became of it."""

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.browser import Person, School, words

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.one_database]

REASON = "Gia đình xin cho học lại"
LOCK_REASON = "Hết đợt kiểm tra lại"


@pytest.fixture
def demonstration() -> list[str]:
    """6A is decided, 11A proposed, 12A waits for its homeroom teacher; the summer is open."""
    return ["--moment=may", "--classes=6A,11A,12A"]


def test_from_the_results_to_the_last_decision(school: School):
    homeroom, principal = school.person("gvcn12a"), school.person("hieutruong")
    homeroom_teacher_reads_why(homeroom)
    homeroom_teacher_proposes(homeroom)
    principal_decides(principal)

    teacher = school.person("gvcn6a")
    pupil = who_is_called(teacher)
    teacher_enters_the_retest(teacher, pupil)
    the_summer_is_locked(principal, school.person("quantri"))
    teacher_proposes_after_the_summer(teacher, pupil)
    principal_decides_after_the_summer(principal, pupil)
    everybody_reads_before_and_after(teacher, pupil)
    principal_issues_the_transcript(principal, pupil)
    teacher.forgive("status of 422")
    homeroom.forgive("status of 422")
    assert not school.noise


def homeroom_teacher_reads_why(homeroom: Person) -> None:
    homeroom.go(words("Classes"), "12A", words("Results"))
    homeroom.page.locator("tbody tr").first.get_by_role("link").nth(1).click()
    expect(homeroom.page.locator("#why")).to_contain_text("TT 22/2021, Điều 9 khoản 2")
    homeroom.picture("why")


def homeroom_teacher_proposes(homeroom: Person) -> None:
    """One pupil otherwise than the rules say: refused without a reason, and nothing typed is lost."""
    homeroom.go(words("Home"), words("Propose the results of class %(name)s", name="12A"))
    row = homeroom.page.get_by_role("row").nth(1)
    row.get_by_role("combobox").first.select_option(label=words("stays in the class"))
    row.get_by_role("combobox").nth(1).select_option(label="–")
    homeroom.press(words("Propose to the principal"))
    expect(row).to_contain_text(words("This departs from what was computed or proposed. Say why."))
    homeroom.picture("proposal-refused")
    row.get_by_role("textbox").fill(REASON)
    homeroom.press(words("Propose to the principal"))
    expect(row).to_contain_text(words("waits for the decision"))
    homeroom.picture("proposals")


def principal_decides(principal: Person) -> None:
    principal.go(words("Home"), words("Decide on the results of class %(name)s", name="12A"))
    expect(principal.page.get_by_role("row").nth(1)).to_contain_text(REASON)
    decide(principal, "50/QĐ-NT")
    expect(principal.page.get_by_role("row").nth(1)).to_contain_text("50/QĐ-NT")
    principal.picture("decided")
    principal.go(words("Home"))
    expect(principal.page.get_by_role("main")).not_to_contain_text("12A")


def decide(principal: Person, number: str) -> None:
    principal.page.get_by_label(words("Number of the decision")).fill(number)
    principal.page.get_by_label(words("Date of the decision")).fill("01/06/2027")
    principal.page.get_by_label(words("I have looked at every pupil below.")).check()
    principal.page.get_by_role("button", name=words("Decide"), exact=True).first.click()


def who_is_called(teacher: Person) -> str:
    """The pupil of 6A whom the year's decision sends to a retest in literature."""
    teacher.go(words("Classes"), words("Summer"))
    teacher.picture("summer")
    row = teacher.page.get_by_role("row").filter(has_text="Ngữ văn").first
    return row.get_by_role("rowheader").inner_text()


def teacher_enters_the_retest(teacher: Person, pupil: str) -> None:
    teacher.go(words("Home"), "Ngữ văn, 6A")
    cell = row_of(teacher, pupil).get_by_role("textbox")
    expect(cell).to_have_count(1)
    cell.focus()
    teacher.page.keyboard.type("9")
    teacher.page.keyboard.press("Enter")
    expect(teacher.page.locator("#grid-status")).to_contain_text(words("Everything saved at"))
    teacher.picture("retest")


def row_of(person: Person, pupil: str) -> Locator:
    return person.page.get_by_role("row").filter(has=person.page.get_by_role("rowheader", name=pupil))


def the_summer_is_locked(principal: Person, administrator: Person) -> None:
    page = principal.page
    principal.go(words("Lock board"), words("Give an order"))
    page.get_by_label(words("Lock"), exact=True).check()
    page.get_by_label(words("Period")).select_option(label=words("Summer"))
    page.get_by_label(words("For"), exact=True).select_option(label=words("Class %(name)s", name="6A"))
    page.get_by_label(words("Reason")).fill(LOCK_REASON)
    principal.press(words("Look what is still missing"))
    principal.press(words("Give the order"))
    administrator.go(words("Lock board"))
    administrator.page.get_by_role("row").filter(has_text=LOCK_REASON).get_by_role("link").click()
    administrator.press(words("Execute"))
    expect(administrator.page.locator(".facts")).to_contain_text(words("executed"))


def teacher_proposes_after_the_summer(teacher: Person, pupil: str) -> None:
    teacher.go(words("Home"), words("Propose the results of class %(name)s", name="6A"))
    expect(row_of(teacher, pupil).get_by_role("combobox")).to_have_value("promoted")
    teacher.press(words("Propose to the principal"))
    expect(row_of(teacher, pupil)).to_contain_text(words("waits for the decision"))


def principal_decides_after_the_summer(principal: Person, pupil: str) -> None:
    principal.go(words("Home"), words("Decide on the results of class %(name)s", name="6A"))
    decide(principal, "61/QĐ-NT")
    expect(row_of(principal, pupil)).to_contain_text("61/QĐ-NT")


def everybody_reads_before_and_after(teacher: Person, pupil: str) -> None:
    teacher.go(words("Classes"), "6A", pupil, words("Results"))
    main = teacher.page.get_by_role("main")
    for text in ("46/QĐ-NT", "61/QĐ-NT", words("assessed again in summer"), words("After the summer")):
        expect(main).to_contain_text(text)
    teacher.picture("before-and-after")


def principal_issues_the_transcript(principal: Person, pupil: str) -> None:
    principal.go(words("Classes"), "6A", pupil, words("Results"), words("Transcript"))
    principal.press(words("Issue the transcript of this year"))
    principal.picture("transcript")
    principal.go(words("%(year)s, class %(name)s: edition %(number)s", year="2026–2027", name="6A", number=1))
    principal.picture("transcript-edition")

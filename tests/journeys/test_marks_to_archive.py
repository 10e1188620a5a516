"""A class list, marks, a lock, a correction, the printed book and its check: one story through the whole portal."""

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys import class_list
from tests.journeys.archiving import (
    anybody_with_a_printed_page_can_check_it,
    clerk_downloads,
    clerk_finds_it_printed_already,
    clerk_prints_the_book,
    everybody_notices,
    one_byte_is_changed,
    principal_checks_the_archive,
    sha256,
    the_book_holds_the_class,
)
from tests.journeys.browser import Person, School, words
from tests.journeys.correcting import (
    administrator_carries_it_out,
    everybody_sees_what_was_changed,
    principal_approves,
    principal_reads_the_history_of_the_cell,
    teacher_requests_a_correction,
    teacher_still_finds_the_book_locked,
)
from tests.journeys.marking import (
    administrator_executes_it,
    principal_orders_the_lock,
    teacher_comes_too_late,
    teacher_enters_marks,
    teacher_finds_the_marks_again,
    teacher_mistypes,
    teacher_without_scripts_comes_too_late,
)
from tests.journeys.portal import Portal

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.one_database]


@pytest.mark.duty("S0-33", "S1-72", "S1-87", "S2-29", "S3-36", "S3-37", "S3-60")
def test_from_the_class_list_to_the_archive(school: School, portal: Portal):
    clerk_imports_a_class_list(school.person("vanthu"))

    teacher, principal, administrator = map(school.person, ("gvtoan", "hieutruong", "quantri"))
    pupils = teacher_enters_marks(teacher)
    teacher_mistypes(teacher, pupils[0])
    teacher_finds_the_marks_again(teacher, pupils)

    second_computer = school.without_scripts("gvtoan")
    second_computer.page.goto(teacher.page.url)
    principal_orders_the_lock(principal)
    administrator_executes_it(administrator)
    teacher_comes_too_late(teacher, pupils[3])
    teacher_without_scripts_comes_too_late(second_computer, pupils[4])

    clerk = school.person("vanthu")
    first = clerk_prints_the_book(clerk, words("Print the book"))
    first_page = clerk.page.url
    clerk_finds_it_printed_already(clerk)

    averages = teacher_requests_a_correction(teacher, pupils[0])
    dossier = teacher.page.url
    principal_approves(principal, dossier)
    administrator_carries_it_out(administrator, teacher, dossier)
    everybody_sees_what_was_changed(principal, dossier, averages)
    principal_reads_the_history_of_the_cell(principal, pupils[0])
    teacher_still_finds_the_book_locked(teacher)

    second = clerk_prints_the_book(clerk, words("Print again"))
    the_book_holds_the_class(second, pupils, averages[1])
    assert sha256(clerk_downloads(clerk, first_page)) == sha256(first) != sha256(second)

    principal_checks_the_archive(principal, clerk.page.url, portal)
    one_byte_is_changed(portal.archived_file(sha256(second)))
    everybody_notices(principal, clerk.page.url, portal)
    anybody_with_a_printed_page_can_check_it(school, clerk, [first_page, clerk.page.url], pupils)

    assert school.noise == []


def clerk_imports_a_class_list(clerk: Person) -> None:
    page = clerk.page
    clerk.picture("home-clerk")
    clerk.go(words("Import"))
    page.locator("main").get_by_role("link", name=words("Pupils"), exact=True).click()
    page.get_by_label(words("Excel file")).set_input_files(
        {
            "name": "Danh sách chuyển đến 9A.xlsx",
            "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "buffer": class_list.transfer_list("9A"),
        }
    )
    clerk.press(words("Check the file"))

    assert tally(page.locator(".tally")) == ["4", "3", "0", "0", "1"]
    refused = page.get_by_role("region", name=words("Refused"))
    expect(refused.get_by_role("row")).to_have_count(2)
    expect(refused).to_contain_text(class_list.REFUSED)
    expect(refused).to_contain_text("31/02/2012")
    clerk.picture("import-preview")

    preview = page.url
    clerk.go(words("Say what the columns hold"))
    clerk.picture("import-columns")
    assert not set(class_list.NEW) & set(pupils_of(clerk, "9A"))
    page.goto(preview)
    clerk.press(words("Confirm the import"))
    expect(page.get_by_text(words("Confirm the import"))).to_have_count(0)
    clerk.picture("import-confirmed")

    assert set(class_list.NEW) < set(pupils_of(clerk, "9A"))
    assert class_list.REFUSED not in pupils_of(clerk, "9A")
    clerk.picture("class")


def tally(counts: Locator) -> list[str]:
    return [text.strip() for text in counts.locator("dd").all_inner_texts()]


def pupils_of(person: Person, school_class: str) -> list[str]:
    person.go(words("Classes"), school_class)
    heads = person.page.get_by_role("region", name=words("Pupils")).get_by_role("rowheader")
    names: list[str] = heads.get_by_role("link").all_inner_texts()
    return names

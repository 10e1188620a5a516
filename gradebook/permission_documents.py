"""The permission list as a document to sign (PDF) and as a table to sort (Excel); both Vietnamese."""

from collections.abc import Iterator

from django.utils import translation

from accounts.roles import Role
from gradebook import printing
from gradebook.colleagues import principals_name
from gradebook.models import School
from gradebook.permission_list import PermissionList, Person, Taught
from gradebook.spreadsheets.writing import write_table
from gradebook.years import current_year

HEADINGS = (
    "STT",
    "Họ và tên",
    "Tài khoản",
    "Vai trò (từ ngày)",
    "Tổ",
    "Lớp chủ nhiệm",
    "Môn và lớp giảng dạy",
)


def render_pdf(listed: PermissionList) -> bytes:
    """In the layout of Decree 30/2020/NĐ-CP."""
    context = {
        "list": listed,
        "school": School.objects.first(),
        "year": current_year(),
        "principal": principals_name(listed.day),
        "roles": Role,
        "dated": printing.in_words(listed.day),
    }
    return printing.render(printing.page("gradebook/print/permission_list.html", context))


def write_excel(listed: PermissionList) -> bytes:
    titles = ["Danh sách tài khoản và phân quyền", f"Ngày {listed.day:%d/%m/%Y}"]
    with translation.override("vi"):
        return write_table(HEADINGS, [list(_cells(person)) for person in listed.people], titles, "Phân quyền")


def _cells(person: Person) -> Iterator[str]:
    yield ""  # the running number
    yield person.user.full_name
    yield person.user.username
    yield "; ".join(f"{held.get_role_display()} ({held.since:%d/%m/%Y})" for held in person.roles)
    yield "; ".join(f"{row.department}{' (tổ trưởng)' * row.is_head}" for row in person.memberships)
    yield ", ".join(person.leads)
    yield "; ".join(map(_taught, person.teaches))


def _taught(taught: Taught) -> str:
    text = f"{taught.subject}: {', '.join(taught.classes)}"
    if not taught.acting_for:
        return text
    return f"{text} (dạy thay {taught.acting_for} đến {taught.until:%d/%m/%Y})"

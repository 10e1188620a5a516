"""What a signature looks like on the page of a book: who, as what, when; the seal of the school beside it."""

from dataclasses import replace
from datetime import datetime

from django.utils import timezone

from accounts.models import User
from accounts.roles import Role as Office
from archive.models import Edition, Signature
from archive.signing.pades import Stamp
from gradebook import printing
from gradebook.printing import Slot

Role = Signature.Role
WIDTHS = {Role.HOMEROOM_TEACHER: 56, Role.PRINCIPAL: 56, Role.SCHOOL: 26}
HEIGHT = 20


def title_of(role: str, edition: Edition, by: User) -> str:
    """Who signs in the principal's place says so (Decree 30/2020, article 13)."""
    if role == Role.HOMEROOM_TEACHER:
        return f"Giáo viên chủ nhiệm lớp {edition.school_class}"
    if role == Role.PRINCIPAL:
        return "Hiệu trưởng" if Office.PRINCIPAL in by.roles else "KT. Hiệu trưởng"
    return "Con dấu điện tử"


def stamp_for(content: bytes, *, role: str, title: str, name: str, at: datetime) -> Stamp | None:
    """Drawn where the layout of the edition has room; None for papers without, whose signatures stay invisible."""
    slot = _slot(printing.slots(content), Role(role))
    if slot is None:
        return None
    width = WIDTHS[Role(role)]
    context = {
        "name": name,
        "title": title,
        "at": timezone.localtime(at),
        "is_seal": role == Role.SCHOOL,
        "width": width,
        "height": HEIGHT,
    }
    drawn = printing.render(printing.page("archive/print/stamp.html", context))
    return Stamp(drawn, slot, width, HEIGHT)


def _slot(slots: dict[str, Slot], role: Role) -> Slot | None:
    if role != Role.SCHOOL:
        return slots.get(role.value)
    beside = slots.get(Role.PRINCIPAL.value)
    return beside and replace(beside, left=beside.left - (WIDTHS[role] + 1) * printing.POINTS_PER_MM)

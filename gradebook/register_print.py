"""The register as a volume of paper: lines → PDF. Reads only the school's name beside what it is given."""

from collections.abc import Sequence
from datetime import datetime

from gradebook import printing
from gradebook.models import School
from gradebook.register import Line


def render_register(lines: Sequence[Line], *, paper: str, printed_by: str, at: datetime) -> bytes:
    context = {
        "school": School.objects.first(),
        "lines": lines,
        "first": lines[0].number,
        "last": lines[-1].number,
        "paper": paper,
        "printed_by": printed_by,
        "at": at,
    }
    return printing.render(printing.page("gradebook/print/register.html", context))

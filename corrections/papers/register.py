"""The register of a class's corrections as a paper to sign and file (S3 V (2).4; rules §5.4)."""

from datetime import date

from django.utils import translation

from corrections.register import read_register
from gradebook import printing
from gradebook.models import School, SchoolClass


def render_register(school_class: SchoolClass, day: date) -> bytes:
    """As it stands on that day."""
    with translation.override("vi"):
        context = {
            "school": School.objects.first(),
            "school_class": school_class,
            "register": read_register(school_class),
            "day": printing.in_words(day),
        }
        return printing.render(printing.page("corrections/print/register.html", context))

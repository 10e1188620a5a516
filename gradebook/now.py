"""Where a class stands in its year: pages open there instead of at the beginning."""

from gradebook.models import SchoolClass, Window


def current_period(school_class: SchoolClass) -> str:
    """The code of the last period whose books were ever opened or locked by an order; "" before the first."""
    ordered = Window.objects.filter(course__school_class=school_class, order__isnull=False)
    code: str | None = ordered.order_by("-period__order").values_list("period__code", flat=True).first()
    return code or ""


def current_semester(school_class: SchoolClass) -> int:
    return 2 if current_period(school_class) in ("GK2", "CN", "HE") else 1

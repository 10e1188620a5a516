"""What a profile must hold (S1 Đ7.1): which pupils of a class lack what, and how far every class is.

Name, birth date and sex are in every profile; these five may be missing. One condition each, asked by the
database, so that the list of a class and the board of the school can never disagree.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from gradebook.models import Enrolment, Guardian, Policy, SchoolClass, SchoolYear
from gradebook.models.roster import EnrolmentQuerySet
from gradebook.profile_fields import UNKNOWN_GROUP


@dataclass(frozen=True, slots=True)
class Demand:
    """Something the profile must say: the condition of lacking it, and the fields that fill it in."""

    label: Any
    lacking: Any
    keys: tuple[str, ...]


def _no_guardian(**known: str) -> Any:
    return ~Exists(Guardian.objects.filter(student=OuterRef("student")).exclude(**known))


DEMANDS: Mapping[str, Demand] = {
    "ethnicity": Demand(_("Ethnic group"), Q(student__ethnicity__in=["", UNKNOWN_GROUP]), ("ethnicity",)),
    "address": Demand(_("Permanent address"), Q(student__permanent_address=""), ("permanent_address",)),
    "policy": Demand(_("Policy group"), Q(student__policy_group=""), ("policy_group",)),
    "parents": Demand(
        _("Father or mother"), _no_guardian(full_name=""), ("father.full_name", "mother.full_name")
    ),
    "phone": Demand(_("Phone"), Q(student__phone="") & Q(_no_guardian(phone="")), ("phone",)),
}
"""At least one of the parents or a guardian by name, and at least one telephone in the family."""
ANYTHING = Q()
for _demand in DEMANDS.values():
    ANYTHING |= Q(_demand.lacking)


@dataclass(frozen=True, slots=True)
class ClassProgress:
    school_class: SchoolClass
    pupils: int
    incomplete: int
    lacking: tuple[int, ...]
    deadline: date | None

    @property
    def complete(self) -> int:
        return self.pupils - self.incomplete


def with_lacks(enrolments: EnrolmentQuerySet) -> EnrolmentQuerySet:
    """Each with `lacks_<demand>`, true or false."""
    found: EnrolmentQuerySet = enrolments.annotate(
        **{
            f"lacks_{name}": ExpressionWrapper(Q(demand.lacking), output_field=BooleanField())
            for name, demand in DEMANDS.items()
        }
    )
    return found


def lacks_of(enrolment: Enrolment) -> list[str]:
    """The names of the demands that are not met; `enrolment` comes from `with_lacks`."""
    return [name for name in DEMANDS if getattr(enrolment, f"lacks_{name}")]


def incomplete(**of: Any) -> int:
    """How many pupils on roll lack something, of a class or of a year."""
    return int(Enrolment.objects.on_roll().filter(ANYTHING, **of).count())


def read_progress(year: SchoolYear | None) -> list[ClassProgress]:
    """Every class of the year. Three queries, whatever the size of the school."""
    deadlines = dict(Policy.objects.filter(year=year).values_list("level", "profile_deadline"))
    counts = {
        found["school_class"]: found
        for found in Enrolment.objects.on_roll()
        .filter(school_class__year=year)
        .values("school_class")
        .annotate(
            pupils=Count("pk"),
            incomplete=Count("pk", filter=ANYTHING),
            **{name: Count("pk", filter=Q(demand.lacking)) for name, demand in DEMANDS.items()},
        )
    }
    classes = SchoolClass.objects.filter(year=year).select_related("homeroom_teacher")
    return [_progress(each, counts.get(each.pk, {}), deadlines.get(each.level)) for each in classes]


def _progress(school_class: SchoolClass, counts: Mapping[str, int], deadline: date | None) -> ClassProgress:
    lacking = tuple(counts.get(name, 0) for name in DEMANDS)
    return ClassProgress(
        school_class, counts.get("pupils", 0), counts.get("incomplete", 0), lacking, deadline
    )

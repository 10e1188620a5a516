"""Choose where the circulars leave room. A choice holds for a year and level, and stands once it was used."""

from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from accounts import audit
from accounts.models import User
from accounts.recorded import update_many
from accounts.roles import Permission
from accounts.writing import recorded_write
from gradebook.assessment import schemes
from gradebook.models import Level, Mark, Policy, Proposal, SchoolClass
from gradebook.years import hold_open, hold_windows


class RulesInUse(ValueError):
    """Marks were entered under these rules: changing them now would change results behind people's backs."""


@recorded_write
def choose_rules(*, policy: Policy, words: Collection[str], by: User) -> None:
    """Set the choices of a year and level; its classes get the scheme codes that follow.

    Raises RulesInUse once a class of them has a mark, YearClosed, UnknownScheme for a word that is no choice,
    PermissionDenied.
    """
    if not by.may(Permission.CHOOSE_RULES):
        raise PermissionDenied
    policy.refresh_from_db(
        from_queryset=Policy.objects.select_for_update(of=("self",)).select_related("year")
    )
    hold_books(policy)
    hold_open(policy.year_id)
    classes = list(_classes(policy))  # under the year's lock: a class opened meanwhile follows too
    if is_in_use(policy):
        raise RulesInUse
    policy.choices = "+".join(sorted(words))
    for school_class in classes:
        circular = schemes.parse(school_class.scheme).circular
        school_class.scheme = schemes.with_choices(circular, policy.words).code
    policy.save_by(by)
    update_many(SchoolClass, classes, fields=["scheme"], by=by)
    audit.record(by=by, verb="gradebook.rules.chosen", target=policy, choices=policy.choices)


def hold_books(policy: Policy) -> None:
    """Take the locks that saving takes: no first mark slips in between a check and a change of the rules."""
    hold_windows(course__school_class__in=_classes(policy))


def is_in_use(policy: Policy) -> bool:
    """Whether a class of this year and level has a mark or a proposal, or had one."""
    concerned = {"enrolment__school_class__in": _classes(policy)}
    return Mark.objects.filter(**concerned).exists() or Proposal.objects.filter(**concerned).exists()


def _classes(policy: Policy) -> "QuerySet[SchoolClass]":
    grades = Level(policy.level).grades
    found: QuerySet[SchoolClass] = SchoolClass.objects.filter(year=policy.year_id, grade__in=grades)
    return found

"""Which requests a person sees, and which wait for this person."""

from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import HeldRole, Membership, User
from accounts.recorded import RecordedQuerySet
from accounts.roles import Permission, Role
from gradebook.models import Enrolment, Policy, SchoolClass

LEADERS = frozenset({Role.PRINCIPAL, Role.VICE_PRINCIPAL})
_D = Policy.Decider


class CorrectionRequestQuerySet(RecordedQuerySet):
    def visible_to(self, user: User) -> "CorrectionRequestQuerySet":
        """All for those who read corrections or decide on them.

        Else one's own, those one may confirm or did, and those of one's class whose minutes one signs.
        """
        if user.may(Permission.READ_CORRECTIONS) or user.may(Permission.DECIDE_CORRECTION):
            return self
        led = Membership.objects.led_by(user, timezone.localdate()).values("user")
        confirms = Q(asks_endorsement=True, requested_by__in=led) | Q(endorsement__endorsed_by=user)
        signs = Q(homeroom_signs=True) & self._of_class_led_by(user)
        return self.filter(Q(requested_by=user) | confirms | signs)

    def about_class(self, school_class: SchoolClass) -> "CorrectionRequestQuerySet":
        """About its books and its roll; a profile concerns every class in which the pupil was that year."""
        pupils = Enrolment.objects.listed().filter(school_class=school_class).values("student")
        of_pupil = Q(student__in=pupils, year=school_class.year_id)
        return self.filter(Q(course__school_class=school_class) | Q(school_class=school_class) | of_pupil)

    def requested_by(self, user: User) -> "CorrectionRequestQuerySet":
        return self.filter(requested_by=user)

    def waiting_for(self, user: User) -> "CorrectionRequestQuerySet":
        """Those whose next step this person may take, apart from being present when they are carried out."""
        today = timezone.localdate()
        asked_back = Exists(self._asked_back())
        undecided = Q(decision=None) & ~Q(endorsement__verdict="declined")
        mine = undecided & Q(asked_back, requested_by=user)
        moves_on = undecided & ~Q(asked_back) & ~Q(requested_by=user)
        mine |= moves_on & (_to_endorse(user, today) | _to_decide(user, today))
        if user.may(Permission.EXECUTE_CORRECTION):
            parts = Q(requested_by=user) | Q(decision__decided_by=user) | Q(endorsement__endorsed_by=user)
            mine |= Q(decision__verdict="approved", execution=None) & ~parts
        return self.filter(mine, withdrawal=None)

    def to_be_attended_by(self, user: User, leader_is_there: Exists) -> "CorrectionRequestQuerySet":
        """Approved and not carried out, where this person has a part beside who carries it out.

        One leader is enough. As `witnesses.may_stand` says of one request; for who may carry it out it is in
        `waiting_for` instead.
        """
        witness = Policy.Witness
        part = Q(witnesses=witness.THREE, requested_by=user)
        part |= Q(homeroom_signs=True) & self._of_class_led_by(user)
        watched = Q(witnesses__in=[witness.THREE, witness.SUPERVISED]) & ~Q(requested_by=user)
        watched &= ~Q(leader_is_there)
        part |= watched if user.roles & LEADERS else watched & Q(decision__decided_by=user)
        approved = self.filter(part, decision__verdict="approved", execution=None, withdrawal=None)
        found: CorrectionRequestQuerySet = approved.exclude(pk__in=self.waiting_for(user).values("pk"))
        return found

    def with_steps(self) -> "CorrectionRequestQuerySet":
        return self.select_related(
            "year",
            "course__subject",
            "course__school_class",
            "student",
            "school_class",
            "requested_by",
            "endorsement__endorsed_by",
            "withdrawal__withdrawn_by",
            "decision__decided_by",
            "decision__delegation__giver",
            "execution__executed_by",
            "execution__refused_line",
        ).prefetch_related(
            "lines__enrolment__student",
            "lines__column__period",
            "lines__column__course__subject",
            "lines__column__course__school_class",
            "profile_lines",
            "attendance_lines__enrolment__student",
            "questions__asked_by",
            "frozen_effects",
        )

    def newest_first(self) -> "CorrectionRequestQuerySet":
        return self.order_by("-requested_at", "-pk")

    def _asked_back(self) -> "CorrectionRequestQuerySet":
        rows = self.model._base_manager.filter(pk=OuterRef("pk"))
        return rows.filter(questions__isnull=False, questions__answered_at=None)  # type: ignore[no-any-return]

    def _of_class_led_by(self, user: User) -> Q:
        pupils = Enrolment.objects.listed().filter(
            student=OuterRef("student"),
            school_class__year=OuterRef("year"),
            school_class__homeroom_teacher=user,
        )
        return (
            Q(course__school_class__homeroom_teacher=user)
            | Q(school_class__homeroom_teacher=user)
            | Q(Exists(pupils))
        )


def _to_endorse(user: User, today: date) -> Q:
    unconfirmed = Q(asks_endorsement=True, endorsement=None)
    led = Q(requested_by__in=Membership.objects.led_by(user, today).values("user"))
    if Role.VICE_PRINCIPAL in user.roles:
        led |= ~Q(Exists(_heads(today)))
    return unconfirmed & led


def _to_decide(user: User, today: date) -> Q:
    confirmed = Q(asks_endorsement=False) | (
        Q(endorsement__verdict="confirmed") & ~Q(endorsement__endorsed_by=user)
    )
    nobody_confirms = Q(asks_endorsement=True, endorsement=None) & ~(
        Q(Exists(_heads(today))) | Q(Exists(_vice_principals(today).exclude(user=user)))
    )
    principal = _by_power_of_principal(user)
    if Role.VICE_PRINCIPAL not in user.roles:
        return principal & (confirmed | nobody_confirms)
    of_principal = Q(requested_by__in=_holders(Role.PRINCIPAL, today).values("user"))
    as_vice = Q(decider__in=[_D.VICE_PRINCIPAL, _D.LEADER]) | of_principal
    return confirmed & (principal | as_vice) | nobody_confirms & (principal | of_principal)


def _by_power_of_principal(user: User) -> Q:
    """By role on everybody's request; by delegation not on a request of whoever gave the delegation."""
    if user.may_by_role(Permission.DECIDE_CORRECTION):
        return ~Q(pk=None)
    givers = {given.giver_id for given in user.delegations if given.power == Permission.DECIDE_CORRECTION}
    if not givers:
        return Q(pk__in=[])
    return ~Q(requested_by__in=givers) if len(givers) == 1 else ~Q(pk=None)


def _heads(today: date) -> RecordedQuerySet:
    """Who heads a department of the requester, other than the requester."""
    belongs = Membership.objects.on(today).filter(user=OuterRef(OuterRef("requested_by")))
    heads = Membership.objects.on(today).filter(
        is_head=True, user__is_active=True, department__in=belongs.values("department")
    )
    return heads.exclude(user=OuterRef("requested_by"))


def _vice_principals(today: date) -> RecordedQuerySet:
    return _holders(Role.VICE_PRINCIPAL, today).exclude(user=OuterRef("requested_by"))


def _holders(role: Role, today: date) -> RecordedQuerySet:
    return HeldRole.objects.on(today).filter(role=role, user__is_active=True)

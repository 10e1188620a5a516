"""The school around a locked book: its policy, its departments, its delegations, its calendar."""

from datetime import date, timedelta

from django.utils import timezone

from accounts.actions import units
from accounts.actions.delegations import delegate_power
from accounts.models import Delegation, Membership, User
from accounts.roles import Permission
from corrections import actions
from corrections.models import CorrectionRequest, Presence
from corrections.steps import steps
from gradebook.actions.policy import apply_preset, set_policy
from gradebook.models import Level, Period, Policy
from gradebook.policy_history import version_of
from gradebook.policy_presets import PRESETS
from tests.corrections.scene import Scene

FIRST_OF_AUGUST = date(2026, 8, 1)


def follow(scene: Scene, code: str) -> None:
    """The school takes over a regulation, for the level of 6A."""
    policy = policy_of(scene)
    apply_preset(policy=policy, preset=PRESETS[code], seen=version_of(policy), by=scene.cast.hanh)


def rule(scene: Scene, **values: object) -> None:
    policy = policy_of(scene)
    set_policy(policy=policy, values=values, seen=version_of(policy), by=scene.cast.hanh)


def policy_of(scene: Scene) -> Policy:
    return Policy.objects.select_related("year").get(year=scene.cast.year, level=Level.LOWER_SECONDARY)


def put_in_charge(scene: Scene, head: User, *members: User) -> None:
    """`head` heads a department to which the others belong."""
    by = scene.cast.hanh
    department = units.found_department(name=f"Tổ {head.full_name}", by=by)
    for person in (head, *members):
        units.add_member(department=department, user=person, since=FIRST_OF_AUGUST, by=by)
    leading = Membership.objects.get(department=department, user=head, until=None)
    units.appoint_head(membership=leading, since=FIRST_OF_AUGUST, by=by)
    for person in (head, *members):
        person.__dict__.pop("roles", None)


def delegate(scene: Scene, to: User, *, by: User | None = None) -> Delegation:
    today = timezone.localdate()
    given = delegate_power(
        power=Permission.DECIDE_CORRECTION,
        to=to,
        since=today,
        until=today + timedelta(days=30),
        number="12/QĐ-THCS",
        dated=today,
        by=by or scene.cast.hanh,
    )
    to.__dict__.pop("delegations", None)
    return given


def exams_begin(scene: Scene, in_days: int, code: str = "CK1") -> None:
    """So many days from now."""
    period = Period.objects.get(semester__year=scene.cast.year, code=code)
    period.tests_from = timezone.localdate() + timedelta(days=in_days)
    period.tests_until = period.tests_from + timedelta(days=6)
    period.save_by(scene.cast.hanh)


def is_there(correction: CorrectionRequest, part: str, person: User) -> Presence:
    return actions.confirm_presence(correction=correction, part=part, way=Presence.Way.SESSION, by=person)


def history_of(correction: CorrectionRequest) -> list[str]:
    """What each step of the page says: its title, and by whom."""
    fresh = CorrectionRequest.objects.with_steps().get(pk=correction.pk)
    return [f"{step.title}: {step.who}" if step.who else f"{step.title}" for step in steps(fresh)]

"""Who is told by e-mail what waits for them, who is reminded, and what is reported to the principal.

A letter names no pupil, no class and no value: numbers of requests and links alone. What is sent is written down
first: a schedule that starts again tells nobody twice, and a letter that is lost is followed by the next day's.
"""

import logging
import operator
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial, reduce
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import audit
from accounts.models import HeldRole, User
from accounts.roles import Role
from accounts.writing import recorded_write
from corrections import inbox
from corrections.dossiers import class_concerned
from corrections.models import CorrectionRequest, Digest, Notice
from corrections.policies import UNDER_WAY
from corrections.searching import STATES
from gradebook.models import Policy

logger = logging.getLogger(__name__)
Rules = Mapping[tuple[int, str], Policy]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request whose next step is awaited since then, and of whom."""

    correction: CorrectionRequest
    since: datetime
    people: tuple[User, ...]

    def days(self, now: datetime) -> int:
        return (timezone.localdate(now) - timezone.localdate(self.since)).days


def send_all(now: datetime) -> int:
    """The letters of this day; how many."""
    found = _waiting()
    _remind(found, now)
    by_person: dict[User, list[Waiting]] = defaultdict(list)
    for each in found:
        for person in each.people:
            by_person[person].append(each)
    return sum(_digest(person, rows, now) for person, rows in by_person.items())


def waiting_since(correction: CorrectionRequest) -> datetime:
    """When the last step was done."""
    moments = [correction.requested_at]
    for question in correction.questions.all():
        moments += filter(None, [question.asked_at, question.answered_at])
    if endorsement := correction.made_endorsement:
        moments.append(endorsement.endorsed_at)
    if decision := correction.made_decision:
        moments.append(decision.decided_at)
    return max(moments)


def _waiting() -> list[Waiting]:
    """Asked person by person, as each one's inbox is."""
    people: dict[int, list[User]] = defaultdict(list)
    staff = User.objects.filter(is_active=True).order_by("pk")
    for person in staff:
        for pk in inbox.waiting(person).values_list("pk", flat=True):
            people[pk].append(person)
    waits = reduce(operator.or_, (STATES[state] for state in sorted(UNDER_WAY)))
    rows = CorrectionRequest.objects.filter(waits, year__status="open").with_steps().order_by("pk")
    return [Waiting(row, waiting_since(row), tuple(people[row.pk])) for row in rows]


def _remind(found: Iterable[Waiting], now: datetime) -> None:
    rules = {(policy.year_id, policy.level): policy for policy in Policy.objects.all()}
    principals = _principals(now)
    for each in found:
        policy = _policy_of(each.correction, rules)
        if policy is None:
            continue
        _notify(each, Notice.Kind.REMINDER, policy.correction_reminder_days, each.people, now)
        _notify(each, Notice.Kind.REPORT, policy.correction_report_days, principals, now)


def _policy_of(correction: CorrectionRequest, rules: Rules) -> Policy | None:
    """As the school rules today: that it is late is about people, not about the dossier."""
    school_class = class_concerned(correction)
    if school_class is None:
        return None
    return rules.get((correction.year_id, school_class.level.value))


def _principals(now: datetime) -> tuple[User, ...]:
    held = HeldRole.objects.on(timezone.localdate(now)).filter(role=Role.PRINCIPAL, user__is_active=True)
    return tuple(User.objects.filter(pk__in=held.values("user")))


@recorded_write
def _notify(
    each: Waiting, kind: Notice.Kind, after: int | None, people: tuple[User, ...], now: datetime
) -> None:
    """Nothing while the school has ruled no days, before they are over, and once it was said.

    A report stands on the principal's home page too; a reminder is its letter, and none without an address.
    """
    if after is None or each.days(now) < after or not people:
        return
    correction = each.correction
    told = ", ".join(person.full_name for person in people if _is_reached(person))
    if kind == Notice.Kind.REMINDER and not told:
        return
    facts = {"state": correction.status.value, "told": told, "sent_at": now}
    _row, is_new = Notice.objects.get_or_create(
        request=correction, kind=kind, waiting_since=each.since, defaults=facts
    )
    if not is_new:
        return
    if told:
        verb = f"corrections.{kind.value}.sent"
        audit.record(by=None, verb=verb, target=correction, told=told, automatic=True)
    days = each.days(now)
    for person in people:
        transaction.on_commit(partial(_send, person, *_notice_letter(correction, kind, days)))


@recorded_write
def _digest(person: User, rows: list[Waiting], now: datetime) -> bool:
    if not _is_reached(person):
        return False
    _row, is_new = Digest.objects.get_or_create(
        user=person, day=timezone.localdate(now), defaults={"requests": len(rows)}
    )
    if is_new:
        transaction.on_commit(partial(_send, person, *_digest_letter(rows, now)))
    return is_new


def _digest_letter(rows: list[Waiting], now: datetime) -> tuple[str, str]:
    with translation.override(settings.LANGUAGE_CODE):
        subject = ngettext(
            "%(count)d correction request waits for you",
            "%(count)d correction requests wait for you",
            len(rows),
        ) % {"count": len(rows)}
        lines = [f"{_line(each.correction)}, {_since(each.days(now))}" for each in rows]
        return subject, "\n".join([subject + ":", "", *lines, "", _url(reverse("corrections:requests"))])


def _notice_letter(correction: CorrectionRequest, kind: Notice.Kind, days: int) -> tuple[str, str]:
    with translation.override(settings.LANGUAGE_CODE):
        words = {"number": correction.reference}
        if kind == Notice.Kind.REMINDER:
            subject = _("Reminder: correction request %(number)s waits for you") % words
        else:
            subject = _("Correction request %(number)s waits longer than the school allows") % words
        state = correction.status.label
        return subject, f"{subject}.\n\n{_line(correction)}, {_since(days)}: {state}."


def _line(correction: CorrectionRequest) -> str:
    return f"{correction.reference} {_url(reverse('corrections:dossier', args=[correction.pk]))}"


def _since(days: int) -> str:
    if not days:
        return _("since today")
    return ngettext("for %(days)d day", "for %(days)d days", days) % {"days": days}


def _url(path: str) -> str:
    return f"{settings.PUBLIC_URL}{path}"


def _is_reached(person: User) -> bool:
    """By letter: whoever has an address, where the installation sends letters at all."""
    return bool(person.email) and not settings.EMAIL_BACKEND.startswith("django.core.mail.backends.dummy")


def _send(person: User, subject: str, text: str) -> None:
    """One address that refuses keeps no other letter back."""
    if not _is_reached(person):
        return
    try:
        send_mail(subject, text, None, [person.email])
    except (SMTPException, OSError):
        logger.exception("A letter about corrections could not be sent to account %s", person.pk)

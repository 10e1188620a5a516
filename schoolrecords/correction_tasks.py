"""What requests of correction ask for: a step, one's presence, or the principal's attention."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.roles import Permission
from corrections import inbox
from corrections.models import CorrectionRequest
from corrections.searching import matching
from schoolrecords.work_items import Task, task


def correction_tasks(user: User) -> Iterator[Task]:
    yield from _waiting(user)
    yield from _to_attend(user)
    yield from _overdue(user)


def _waiting(user: User) -> Iterator[Task]:
    """What waits for this person's next step: an answer, a confirmation, a decision, the execution."""
    if count := inbox.waiting(user).count():
        title = ngettext("Correction request waits for you", "Correction requests wait for you", count)
        yield task(title, "", reverse("corrections:requests"), count=count, kind="waiting")


def _to_attend(user: User) -> Iterator[Task]:
    """Carried out only before witnesses: they learn here that they are awaited, and with whom to agree on an hour."""
    found = list(inbox.awaited(user, timezone.now()).values_list("pk", flat=True))
    if not found:
        return
    title = ngettext(
        "Be present when a correction is carried out",
        "Be present when corrections are carried out",
        len(found),
    )
    text = _("Agree on an hour with the administrator, then confirm it on the page of the request.")
    url = reverse("corrections:requests", query={"tab": "presence"})
    if len(found) == 1:
        url = reverse("corrections:dossier", args=found)
    yield task(title, text, url, count=len(found), kind="waiting")


def _overdue(user: User) -> Iterator[Task]:
    """For the principal: what was reported as waiting longer than the school's rules allow."""
    if not user.may_by_role(Permission.DECIDE_CORRECTION):
        return
    if count := matching(CorrectionRequest.objects.visible_to(user), overdue=True).count():
        title = ngettext("Correction request waits too long", "Correction requests wait too long", count)
        url = reverse("corrections:requests", query={"tab": "all", "overdue": "on"})
        yield task(title, "", url, count=count, kind="late")

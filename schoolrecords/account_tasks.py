"""What the home page says about one's own account: a device nobody has confirmed, a password to change."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts import devices, watch
from accounts.http import AuthenticatedHttpRequest
from accounts.models import KnownDevice
from schoolrecords.work_items import Task, task


def account_tasks(request: AuthenticatedHttpRequest) -> Iterator[Task]:
    yield from _new_devices(request)
    if reminder := watch.reminder_for(request.user):
        yield task(_("Choose a new password"), reminder, reverse("accounts:password"), kind="waiting")


def _new_devices(request: AuthenticatedHttpRequest) -> Iterator[Task]:
    """One line for all that look alike: who empties the browser's cookies is a new device each time."""
    alike: dict[tuple[str, str | None], list[KnownDevice]] = {}
    for device in devices.to_confirm(request, request.user).order_by("-first_seen_at"):
        alike.setdefault((device.browser, device.address), []).append(device)
    for device, *earlier in alike.values():
        text = _("%(browser)s, %(address)s, %(moment)s. Was it you?") % {
            "browser": device.browser or _("unknown browser"),
            "address": device.address,
            "moment": date_format(timezone.localtime(device.first_seen_at), "H:i d/m/Y"),
        }
        url = reverse("accounts:own_account")
        count = len(earlier) + 1 if earlier else None
        yield task(_("Your account was used on a new device"), text, url, count=count, kind="conflict")

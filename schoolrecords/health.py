"""What a load balancer asks: can this process reach its database, its broker and its file store?"""

import logging
import tempfile
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.stores import place
from schoolrecords.celery import app

logger = logging.getLogger(__name__)


@login_not_required
@never_cache
@require_GET
def health(request: HttpRequest) -> JsonResponse:
    """Says ok or failed and no more: the page is public, the reasons are in the log."""
    parts = {name: _passes(name, check) for name, check in CHECKS.items()}
    status = 200 if all(parts.values()) else 503
    return JsonResponse({name: "ok" if ok else "failed" for name, ok in parts.items()}, status=status)


def _passes(name: str, check: Callable[[], None]) -> bool:
    try:
        check()
    except Exception:
        logger.exception("Health check of the %s failed", name)
        return False
    return True


def check_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def check_broker() -> None:
    with app.connection_for_write() as broker:
        broker.ensure_connection(max_retries=1, interval_start=0, timeout=2)
        if broker.transport.driver_type == "filesystem":
            # Its "connection" is a pair of folders, and always succeeds.
            _check_writable(str(settings.CELERY_BROKER_TRANSPORT_OPTIONS["data_folder_out"]))


def _check_writable(folder: str) -> None:
    with tempfile.TemporaryFile(dir=folder):
        pass


def check_files() -> None:
    place().check()


CHECKS: dict[str, Callable[[], None]] = {
    "database": check_database,
    "broker": check_broker,
    "files": check_files,
}

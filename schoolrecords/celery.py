"""The worker's application: `celery -A schoolrecords worker`."""

import gc
import os
from typing import Any

from celery import Celery
from celery.signals import task_postrun, worker_process_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "schoolrecords.settings")

app = Celery("schoolrecords")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


def spare_the_collector(**_: Any) -> None:
    """Rendering makes millions of live objects: rarer collections take a third off its time."""
    gc.set_threshold(200_000, 50, 50)
    gc.freeze()


def clear_away(**_: Any) -> None:
    """What was rendered refers to itself in circles, and would stay until one of the rare collections."""
    gc.collect()


worker_process_init.connect(spare_the_collector)
task_postrun.connect(clear_away)

"""The worker's application: `celery -A schoolrecords worker`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "schoolrecords.settings")

app = Celery("schoolrecords")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

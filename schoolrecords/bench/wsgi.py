"""What the benchmark's web server runs: the portal, and a bare Django beside it as the floor."""

from collections.abc import Iterable
from typing import Any

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.test import override_settings

django.setup()
settings.ROOT_URLCONF = "schoolrecords.bench.urls"
_portal = WSGIHandler()
with override_settings(MIDDLEWARE=[]):
    _bare = WSGIHandler()


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    handler = _bare if environ["PATH_INFO"] == "/bench/bare/" else _portal
    return handler(environ, start_response)

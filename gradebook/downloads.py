"""Files of the private store on their way to a browser, never shown inside the portal's own pages."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

_POLICIES = {
    # The browser's own PDF viewer does not start in a sandbox; accepted PDF files hold nothing active.
    "application/pdf": "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'",
}


def private_file(data: bytes, *, name: str, content_type: str, inline: bool = False) -> HttpResponse:
    """The bytes as they are kept: no sniffing, no scripts, no copy in a cache. Inline only what was checked."""
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(not inline, name) or "attachment"
    policy = _POLICIES.get(content_type) if inline else None
    response["Content-Security-Policy"] = policy or "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response

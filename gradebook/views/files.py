"""Files that a page hands out."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def download(data: bytes, name: str, content_type: str) -> HttpResponse:
    """To be saved, never shown inside the portal's own pages, and kept by no cache."""
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    headers = {"Content-Disposition": disposition, "Cache-Control": "private, no-store"}
    return HttpResponse(data, content_type=content_type, headers=headers)

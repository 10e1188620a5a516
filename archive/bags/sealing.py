"""The sealing form of a medium (biên bản niêm phong), laid out by NĐ 30/2020: a pure function of the medium's row."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from archive.models import Medium
from gradebook import printing

KINDS = {
    Medium.Kind.USB: "USB",
    Medium.Kind.DISK: "ổ cứng",
    Medium.Kind.DVD: "đĩa DVD",
    Medium.Kind.CD: "đĩa CD",
    Medium.Kind.SERVER: "thư mục trên máy khác",
}
HALF = 32
ATTACHMENT = "index.json"


def file_name(medium: Medium) -> str:
    return f"bien-ban-niem-phong-{medium.number}.pdf"


def render(medium: Medium) -> bytes:
    """PDF/A-3 that carries the index of the medium."""
    made_at = timezone.localtime(medium.made_at)
    html = printing.page("archive/print/sealing_form.html", _laid_out(medium, made_at))
    return printing.render(
        html, printing.Attached(ATTACHMENT, medium.contents, "Bảng kê trên vật mang tin", made_at)
    )


def _laid_out(medium: Medium, made_at: datetime) -> dict[str, Any]:
    said = medium.said
    return {
        **said,
        "orientation": "portrait",
        "paper_number": f"{medium.number}/{said['year']}/BBNP",
        "day": printing.in_words(made_at.date()),
        "at": made_at,
        "kind": KINDS[Medium.Kind(medium.kind)],
        "medium": medium,
        "made_by": medium.made_by.full_name,
        "index_hash": _halves(medium.sha256),
        "bags": [{**bag, "hash": _halves(bag["tagmanifest_sha256"])} for bag in said["bags"]],
        "files": sum(bag["files"] for bag in said["bags"]),
        "megabytes": f"{sum(bag['octets'] for bag in said['bags']) / 1_000_000:.1f}".replace(".", ","),
    }


def _halves(digest: str) -> tuple[str, str]:
    """Two lines of a narrow column, to be compared by eye."""
    return digest[:HALF], digest[HALF:]

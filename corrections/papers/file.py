"""The PDF of a paper: made once from the frozen payload, then kept byte for byte in the write-once store."""

from collections.abc import Iterable
from datetime import datetime

from accounts.files import StoredFile, WriteOnceStore
from accounts.seals.canonical import canonical, digest
from accounts.writing import recorded_write
from corrections.evidence import Altered
from corrections.models import CorrectionRequest, Paper
from corrections.papers.layout import TEMPLATES, laid_out
from gradebook import printing

STORE = WriteOnceStore("papers")
ATTACHMENT = "payload.json"


def keep(paper: Paper) -> None:
    """Make the file unless it is kept already: what is kept stays, also when the layout changes."""
    if not paper.sha256:
        _note(paper, STORE.put(render(paper), suffix="pdf"))


def keep_papers(requests: Iterable[CorrectionRequest]) -> None:
    """The papers of these requests that wait for their file."""
    for paper in Paper.objects.filter(request__in=[each.pk for each in requests], sha256=""):
        keep(paper)


def pdf_of(paper: Paper) -> bytes:
    """The bytes that are kept, or until the worker has kept them the same ones made anew. Raises Altered."""
    if not paper.sha256:
        return render(paper)
    try:
        return STORE.genuine(paper.path, paper.sha256)
    except OSError:
        raise Altered(paper.sha256) from None


def render(paper: Paper) -> bytes:
    """A pure function of the payload, which the PDF carries: the same bytes each time."""
    text = canonical(paper.payload)
    html = printing.page(TEMPLATES[Paper.Kind(paper.kind)], laid_out(paper.payload, digest(text)))
    at = datetime.fromisoformat(paper.payload["issued_at"])
    return printing.render(html, printing.Attached(ATTACHMENT, text, "Dữ liệu của văn bản", at))


@recorded_write
def _note(paper: Paper, stored: StoredFile) -> None:
    found = Paper.objects.select_for_update().get(pk=paper.pk)
    if found.sha256:
        return  # another worker was faster
    found.sha256, found.size, found.path = stored.sha256, stored.size, stored.path
    found.save_by(found.issued_by, origin="worker")

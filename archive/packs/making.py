"""Make an evidence pack: the job of the worker."""

from accounts import audit, jobs
from accounts.files import StoredFile
from accounts.writing import recorded_write
from archive.models import EvidencePack
from archive.packs.concerned import corrections_of
from archive.packs.evidence import Evidence
from archive.packs.writing import PackWriter
from archive.store import packs
from corrections.models import CorrectionRequest


def make(pk: int) -> None:
    jobs.run(EvidencePack, pk, _make)


def _make(claimed: jobs.Claim) -> None:
    pack = EvidencePack.objects.select_related("requested_by", "correction__year", "school_class__year").get(
        pk=claimed.pk
    )
    requests = _requests(pack)
    claimed.update(done=0, total=len(requests) + 1)
    evidence = Evidence(pack.about, pack.requested_at, pack.requested_by, requests, pack.school_class)
    with packs.incoming() as incoming:
        with PackWriter(incoming.file, pack.folder) as writer:
            evidence.write(writer, lambda done: claimed.update(done=done))
        _finish(claimed, pack, incoming.keep("zip"))


def _requests(pack: EvidencePack) -> list[CorrectionRequest]:
    if pack.correction is not None:
        return [pack.correction]
    assert pack.school_class is not None  # noqa: S101  archive_evidencepack_about_one
    return corrections_of(pack.school_class)


@recorded_write
def _finish(claimed: jobs.Claim, pack: EvidencePack, file: StoredFile) -> None:
    """The file and the record of it, in one transaction."""
    claimed.update(state=EvidencePack.State.DONE, sha256=file.sha256, size=file.size, path=file.path)
    audit.record(by=pack.requested_by, verb="archive.pack.made", target=pack, sha256=file.sha256)

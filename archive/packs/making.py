"""Make an evidence pack: the job of the worker."""

from importlib import resources
from typing import Any

from accounts import audit, jobs, seals
from accounts.files import StoredFile
from accounts.models import Seal
from accounts.seals import canonical
from accounts.seals.chain import read_chain
from accounts.writing import recorded_write
from archive.models import EvidencePack
from archive.packs import concerned, dossiers
from archive.packs.concerned import Which
from archive.packs.sealed import SealedRows
from archive.packs.writing import PackWriter
from archive.store import packs
from corrections.models import CorrectionRequest
from corrections.papers.file import keep_papers

FORMAT, VERSION = "evidence-pack", 1


def make(pk: int) -> None:
    jobs.run(EvidencePack, pk, _make)


def _make(claimed: jobs.Claim) -> None:
    pack = EvidencePack.objects.select_related("requested_by", "correction__year", "school_class__year").get(
        pk=claimed.pk
    )
    # The papers of the dossiers belong to it as files, also when the worker that keeps them has not come yet.
    keep_papers(_requests(pack))
    with packs.incoming() as incoming:
        with PackWriter(incoming.file, pack.folder) as writer:
            _write(claimed, pack, writer)
        _finish(claimed, pack, incoming.keep("zip"))


def _write(claimed: jobs.Claim, pack: EvidencePack, writer: PackWriter) -> None:
    """The dossiers first: then a seal, so that every row of theirs has one; then the history as that chain knows it."""
    requests = _requests(pack)
    claimed.update(done=0, total=len(requests) + 1)
    missing: list[str] = []
    parts: list[Which] = [concerned.of_class(pack.school_class)] if pack.school_class else []
    for done, correction in enumerate(requests, start=1):
        records = dossiers.records_of(correction)
        parts.append(concerned.of_correction(correction, records))
        _write_dossier(writer, correction, records, missing)
        claimed.update(done=done)
    seals.seal_now(reason=seals.Reason.PACK, reference=pack.about, by=pack.requested_by)
    chain = read_chain()
    rows = SealedRows(chain, concerned.together(parts))
    rows.write(writer)
    for name in ("README.txt", "verify.py"):
        writer.add(name, resources.files("archive.packs").joinpath(name).read_bytes())
    assert chain.last is not None  # noqa: S101  the seal just made
    about = _about(pack, chain.last) | {"rows": rows.counts, "missing_files": missing}
    writer.add("pack.json", f"{canonical.canonical(about)}\n")


def _requests(pack: EvidencePack) -> list[CorrectionRequest]:
    if pack.correction is not None:
        return [pack.correction]
    assert pack.school_class is not None  # noqa: S101  archive_evidencepack_about_one
    return concerned.corrections_of(pack.school_class)


def _write_dossier(
    writer: PackWriter, correction: CorrectionRequest, records: dossiers.Records, missing: list[str]
) -> None:
    facts = canonical.canonical(dossiers.facts_of(correction, records))
    writer.add(f"dossiers/{correction.reference.replace('/', '-')}.json", f"{facts}\n")
    for file in dossiers.files_of(records):
        if file.data is None:
            missing.append(file.name)
        else:
            writer.add(file.name, file.data)


def _about(pack: EvidencePack, newest: Seal) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "version": VERSION,
        "about": pack.about,
        "requested_at": pack.requested_at,
        "requested_by": str(pack.requested_by),
        "newest_seal": {
            "number": newest.number,
            "sha256": newest.sha256,
            "made_at": newest.said["made_at"],
        },
    }


@recorded_write
def _finish(claimed: jobs.Claim, pack: EvidencePack, file: StoredFile) -> None:
    """The file and the record of it, in one transaction."""
    claimed.update(state=EvidencePack.State.DONE, sha256=file.sha256, size=file.size, path=file.path)
    audit.record(by=pack.requested_by, verb="archive.pack.made", target=pack, sha256=file.sha256)

"""The evidence itself, wherever it is put: dossiers with their files, the sealed rows, and what is needed to verify."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from typing import Any

from accounts import seals
from accounts.models import Seal, User
from accounts.seals import canonical
from accounts.seals.chain import read_chain
from archive.packs import concerned, dossiers
from archive.packs.concerned import Which
from archive.packs.sealed import SealedRows
from archive.packs.writing import ZipFolder
from corrections.models import CorrectionRequest
from corrections.papers.file import keep_papers
from gradebook.models import SchoolClass

FORMAT, VERSION = "evidence-pack", 1


@dataclass(frozen=True, slots=True)
class Evidence:
    """Of one correction, or of a class and its year."""

    about: str
    requested_at: datetime
    requested_by: User
    requests: list[CorrectionRequest]
    school_class: SchoolClass | None = None

    def write(self, writer: ZipFolder, tick: Callable[[int], None]) -> Seal:
        """The dossiers first; then a seal, so that every row of theirs has one; then the history as that chain
        knows it. `tick` is told how many of the requests are written. Returns that seal.
        """
        # Their papers belong to it as files, also when the worker that keeps them has not come yet.
        keep_papers(self.requests)
        missing: list[str] = []
        parts: list[Which] = [concerned.of_class(self.school_class)] if self.school_class else []
        for done, correction in enumerate(self.requests, start=1):
            records = dossiers.records_of(correction)
            parts.append(concerned.of_correction(correction, records))
            _write_dossier(writer, correction, records, missing)
            tick(done)
        reason = seals.Reason.BAG if self.school_class else seals.Reason.PACK
        seals.seal_now(reason=reason, reference=self.about, by=self.requested_by)
        chain = read_chain()
        rows = SealedRows(chain, concerned.together(parts))
        rows.write(writer)
        for name in ("README.txt", "verify.py"):
            writer.add(name, resources.files("archive.packs").joinpath(name).read_bytes())
        assert chain.last is not None  # noqa: S101  the seal just made
        about = self._about(chain.last) | {"rows": rows.counts, "missing_files": missing}
        writer.add("pack.json", f"{canonical.canonical(about)}\n")
        return chain.last

    def _about(self, newest: Seal) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "version": VERSION,
            "about": self.about,
            "requested_at": self.requested_at,
            "requested_by": str(self.requested_by),
            "newest_seal": {
                "number": newest.number,
                "sha256": newest.sha256,
                "made_at": newest.said["made_at"],
            },
        }


def _write_dossier(
    writer: ZipFolder, correction: CorrectionRequest, records: dossiers.Records, missing: list[str]
) -> None:
    facts = canonical.canonical(dossiers.facts_of(correction, records))
    writer.add(f"dossiers/{correction.reference.replace('/', '-')}.json", f"{facts}\n")
    for file in dossiers.files_of(records):
        if file.data is None:
            missing.append(file.name)
        else:
            writer.add(file.name, file.data)

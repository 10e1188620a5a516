"""The evidence itself, wherever it is put: dossiers with their files, the sealed rows, and what is needed to verify."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from typing import Any

from accounts.models import Seal, User
from accounts.seals import canonical
from accounts.seals.chain import read_chain
from archive.packs import concerned, dossiers
from archive.packs.concerned import Which
from archive.packs.sealed import SealedRows
from archive.packs.writing import ZipFolder
from corrections.models import CorrectionRequest
from gradebook.models import SchoolClass

FORMAT, VERSION = "evidence-pack", 1


@dataclass(frozen=True, slots=True)
class Evidence:
    """Of one correction, or of a class and its year. `newest`: the seal made so that every row in it has one."""

    about: str
    requested_at: datetime
    requested_by: User
    newest: Seal
    requests: list[CorrectionRequest]
    school_class: SchoolClass | None = None

    def write(self, writer: ZipFolder, tick: Callable[[int], None]) -> None:
        """Ends with the folder's own manifest. `tick` is told how many of the requests are written."""
        missing: list[str] = []
        parts: list[Which] = [concerned.of_class(self.school_class)] if self.school_class else []
        for done, correction in enumerate(self.requests, start=1):
            records = dossiers.records_of(correction)
            parts.append(concerned.of_correction(correction, records))
            _write_dossier(writer, correction, records, missing)
            tick(done)
        rows = SealedRows(read_chain(), concerned.together(parts))
        rows.write(writer)
        for name in ("README.txt", "verify.py"):
            writer.add(name, resources.files("archive.packs").joinpath(name).read_bytes())
        about = self._about() | {"rows": rows.counts, "missing_files": missing}
        writer.add("pack.json", f"{canonical.canonical(about)}\n")
        writer.add_manifest()

    def _about(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "version": VERSION,
            "about": self.about,
            "requested_at": self.requested_at,
            "requested_by": str(self.requested_by),
            "newest_seal": {
                "number": self.newest.number,
                "sha256": self.newest.sha256,
                "made_at": self.newest.said["made_at"],
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

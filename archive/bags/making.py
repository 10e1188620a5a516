"""Make a bag: the job of the worker. Nothing of it is seen before it is whole; a killed worker's is made anew."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources

from django.utils import timezone

from accounts import audit, jobs
from accounts.files import PIECE, StoredFile
from accounts.models import Seal
from accounts.writing import recorded_write
from archive.bags.contents import Holdings, KeptFile
from archive.bags.writing import BagWriter, Closed
from archive.models import Bag, Edition
from archive.packs.concerned import corrections_of
from archive.packs.evidence import Evidence
from archive.store import bags
from gradebook.models import School
from transcripts.payload import canonical

LIST, EVIDENCE = "editions", "evidence"


class NotWhole(RuntimeError):
    """A file of the class is lost or changed: no bag is closed over what is not what was issued."""


@dataclass(frozen=True, slots=True)
class Work:
    """A bag on its way."""

    claimed: jobs.Claim
    bag: Bag
    writer: BagWriter
    holdings: Holdings

    @property
    def editions(self) -> list[Edition]:
        return self.holdings.editions


def make(pk: int) -> None:
    jobs.run(Bag, pk, _make)


def _make(claimed: jobs.Claim) -> None:
    bag = Bag.objects.select_related("requested_by", "school_class__year", "previous").get(pk=claimed.pk)
    try:
        with bags.incoming() as incoming, BagWriter(incoming.file, bag.folder) as writer:
            work = Work(claimed, bag, writer, Holdings.of(bag.school_class))
            closed = _write(work)
            _finish(work, closed, incoming.keep("zip"))
    except NotWhole as fault:
        claimed.update(state=Bag.State.FAILED, detail=str(fault)[:300])


def _write(work: Work) -> Closed:
    evidence = _evidence(work.bag)
    steps = len(work.editions) + len(evidence.requests) + 1
    work.claimed.update(done=0, total=steps)
    for done, file in enumerate(work.holdings.files(), start=1):
        _copy(work, file)
        work.claimed.update(done=min(done, len(work.editions)))
    for each in work.holdings.texts():
        work.writer.within(each.folder).add(each.name, each.text)
    facts = {"format": "bag-editions", "version": 1, "editions": work.holdings.described()}
    work.writer.within(LIST).add("editions.json", f"{canonical(facts)}\n")
    proof = work.writer.within(EVIDENCE)
    newest = evidence.write(proof, lambda done: work.claimed.update(done=len(work.editions) + done))
    proof.add_manifest()
    readme = resources.files("archive.bags").joinpath("README.txt").read_bytes()
    return work.writer.close(_info(work, evidence, newest), readme)


def _evidence(bag: Bag) -> Evidence:
    requests = corrections_of(bag.school_class)
    return Evidence(bag.about, bag.requested_at, bag.requested_by, requests, bag.school_class)


def _copy(work: Work, file: KeptFile) -> None:
    folder = work.writer.within(file.folder)
    try:
        folder.add_pieces(file.name, _pieces(file))
    except OSError:
        raise NotWhole(f"{file.name}: file-missing") from None
    if folder.digests[file.name] != file.sha256:
        raise NotWhole(f"{file.name}: file-changed")


def _pieces(file: KeptFile) -> Iterator[bytes]:
    with file.store.open(file.path) as stored:
        while piece := stored.read(PIECE):
            yield piece


def _info(work: Work, evidence: Evidence, newest: Seal) -> Iterator[tuple[str, str]]:
    """bag-info.txt: the labels are the standard's, what they say is Vietnamese."""
    bag, school = work.bag, School.objects.get()
    yield "Source-Organization", school.name
    yield "Organization-Address", f"{school.place}; cơ quan chủ quản: {school.governing_body}"
    yield "Contact-Name", bag.requested_by.full_name
    yield (
        "External-Description",
        f"Hồ sơ điện tử lớp {bag.school_class.name}, năm học {bag.school_class.year}",
    )
    yield "Bagging-Date", timezone.localdate(bag.requested_at).isoformat()
    yield "External-Identifier", bag.folder
    yield "Bag-Group-Identifier", f"Năm học {bag.school_class.year}"
    yield "Ban-tui", str(bag.number)
    if bag.previous:
        yield "Thay-cho", f"bản {bag.previous.number}, SHA-256 tagmanifest {bag.previous.tag_sha256}"
    yield "So-va-giay-to", str(len(work.editions))
    yield "De-nghi-sua-diem", str(len(evidence.requests))
    yield "Niem-phong-moi-nhat", f"số {newest.number}, SHA-256 {newest.sha256}"
    if work.holdings.is_interim:
        yield "Luu-y", "Có bản in khi sổ còn mở hoặc kết quả cả năm chưa đủ"


@recorded_write
def _finish(work: Work, closed: Closed, file: StoredFile) -> None:
    """The file and the record of it, in one transaction."""
    work.claimed.update(
        state=Bag.State.DONE,
        is_interim=work.holdings.is_interim,
        done=len(work.editions) + 1,
        total=len(work.editions) + 1,
        files=closed.files,
        octets=closed.octets,
        tag_sha256=closed.tag_sha256,
        sha256=file.sha256,
        size=file.size,
        path=file.path,
    )
    audit.record(
        by=work.bag.requested_by,
        verb="archive.bag.made",
        target=work.bag,
        sha256=file.sha256,
        tag_sha256=closed.tag_sha256,
    )

"""A year's bags onto media: a folder, or ZIP files or ISO images that each fit a disc.

Nothing that lies there is overwritten. A bag is never divided. The bags are on a medium before the portal's register
gives it a number; with that number come its own index and sealing form.
"""

import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from django.core.exceptions import PermissionDenied

from accounts.files import digest_of
from accounts.models import User
from archive import policies
from archive.bags import index, sealing
from archive.bags.media import record_medium
from archive.models import Bag, Medium
from archive.packs.writing import DATED
from archive.store import bags as store
from gradebook.models import SchoolYear

SIZES = {"cd": 700_000_000, "dvd": 4_700_000_000, "dvd-dl": 8_500_000_000, "bluray": 25_000_000_000}
BESIDE = 2_000_000
"""Octets kept free on every medium for its index and form, and for what a disc's own tables take."""
FORMATS = ("folder", "zip", "iso")


class NotEmpty(OSError):
    """Something lies there already: a copy is made beside it, never over it."""


class NothingToExport(ValueError):
    """No bag of this year has been made."""


class Damaged(OSError):
    """The bag in the store is not the one that was made: it goes onto no medium."""


class TooLarge(ValueError):
    """One bag alone does not fit the medium."""


@dataclass(frozen=True, slots=True)
class Onto:
    """How the copies are made and what the register says of each. `capacity` in octets; None is one medium for all."""

    target: Path
    format: str
    kind: str
    label: str
    kept_at: str
    capacity: int | None = None


def export(year: SchoolYear, onto: Onto, *, by: User) -> Iterator[tuple[Medium, Path]]:
    """Each medium as it is finished. Raises NotEmpty, Damaged, NothingToExport, TooLarge, PermissionDenied."""
    bags = list(Bag.objects.latest(year).select_related("school_class__year", "previous"))
    if not bags:
        raise NothingToExport(year.name)
    if not policies.may_keep(by):
        raise PermissionDenied
    volumes = list(split(bags, onto.capacity))
    _claim(onto.target)
    for place, volume in enumerate(volumes, start=1):
        yield _write(year, onto, volume, f"{place}-{len(volumes)}", by)


def split(bags: Iterable[Bag], capacity: int | None) -> Iterator[list[Bag]]:
    """In the order of the classes, as many whole bags on each medium as fit. Raises TooLarge."""
    volume: list[Bag] = []
    left = capacity and capacity - BESIDE
    for bag in bags:
        room = needed(bag)
        if capacity is not None and room > capacity - BESIDE:
            raise TooLarge(str(bag))
        if left is not None and room > left:
            yield volume
            volume, left = [], (capacity or 0) - BESIDE
        volume.append(bag)
        left = None if left is None else left - room
    yield volume


def needed(bag: Bag) -> int:
    """Unpacked, with the blocks of 2,048 octets that a disc gives each file, and a block for its entry."""
    return (bag.octets or 0) + 4096 * ((bag.files or 0) + 8)


def _claim(target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    if any(target.iterdir()):
        raise NotEmpty(str(target))


def _write(year: SchoolYear, onto: Onto, volume: list[Bag], place: str, by: User) -> tuple[Medium, Path]:
    name = f"luu-tru-{year.name}-{place}"
    if onto.format == "folder":
        folder = onto.target if place == "1-1" else onto.target / name
        return _fill(folder, year, onto, volume, by), folder
    with tempfile.TemporaryDirectory(dir=onto.target, prefix=".incoming-") as work:
        folder = Path(work) / name
        medium = _fill(folder, year, onto, volume, by)
        file = onto.target / f"{name}.{onto.format}"
        half = Path(work) / file.name
        _PACKED[onto.format](folder, half)
        half.rename(file)
        form = sealing.file_name(medium)
        shutil.copyfile(folder / form, onto.target / form)
        return medium, file


def _fill(folder: Path, year: SchoolYear, onto: Onto, volume: list[Bag], by: User) -> Medium:
    for bag in volume:
        _unpack(bag, folder)
    medium = record_medium(
        year=year, bags=volume, kind=onto.kind, label=onto.label, kept_at=onto.kept_at, by=by
    )
    for name, content in beside(medium).items():
        (folder / name).write_bytes(content)
    return medium


def beside(medium: Medium) -> dict[str, bytes]:
    """What lies on a medium beside its bags."""
    return {
        **{name: text.encode() for name, text in index.files(medium.contents).items()},
        "README.txt": resources.files("archive.bags").joinpath("README.txt").read_bytes(),
        sealing.file_name(medium): sealing.render(medium),
    }


def _unpack(bag: Bag, folder: Path) -> None:
    with store.open(bag.path) as file:
        if digest_of(file) != bag.sha256:
            raise Damaged(str(bag))
        with zipfile.ZipFile(file) as packed:
            packed.extractall(folder)


def _zip(folder: Path, file: Path) -> None:
    with zipfile.ZipFile(file, "x", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                info = zipfile.ZipInfo(path.relative_to(folder.parent).as_posix(), DATED)
                info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
                with path.open("rb") as source, packed.open(info, "w", force_zip64=True) as out:
                    shutil.copyfileobj(source, out)


def _iso(folder: Path, file: Path) -> None:
    """Long names by Rock Ridge and UDF: Windows, macOS and Linux read one of the two."""
    import pycdlib

    image = pycdlib.PyCdlib()
    image.new(interchange_level=4, rock_ridge="1.09", udf="2.60", vol_ident=folder.name[:32])
    for path in sorted(folder.rglob("*")):
        inside = f"/{path.relative_to(folder).as_posix()}"
        if path.is_dir():
            image.add_directory(inside, rr_name=path.name, udf_path=inside)
        else:
            image.add_file(str(path), inside, rr_name=path.name, udf_path=inside)
    image.write(str(file))
    image.close()


_PACKED: dict[str, Callable[[Path, Path], None]] = {"zip": _zip, "iso": _iso}

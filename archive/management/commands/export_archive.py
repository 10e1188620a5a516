"""Put a year's bags onto media, with an index and a sealing form each; the register of copies then names them."""

from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from archive.bags import shelf
from archive.bags.exporting import FORMATS, SIZES, Damaged, NotEmpty, NothingToExport, Onto, TooLarge, export
from archive.models import Medium
from gradebook.models import SchoolYear


class Command(BaseCommand):
    help = (
        "Copy the last bag of every class of YEAR below PATH: as folders, or as ZIP files or ISO images that each fit "
        "a medium. PATH must be empty or not exist; nothing is overwritten."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("year", help="as in 2026-2027")
        parser.add_argument("path", type=Path)
        parser.add_argument("--by", required=True, help="user name of whoever makes the copy")
        parser.add_argument("--kept-at", required=True, help="where the medium is kept")
        parser.add_argument("--format", choices=FORMATS, default="folder")
        parser.add_argument("--kind", choices=Medium.Kind.values, default="", help="of the medium")
        parser.add_argument("--label", default="", help="name or serial number on the medium")
        parser.add_argument(
            "--size",
            default="",
            help=f"of one medium: {', '.join(SIZES)} or a number of bytes; else one for all",
        )

    def handle(self, *args: Any, year: str, path: Path, by: str, **options: Any) -> None:
        found = self._found(SchoolYear, name=year)
        person: User = self._found(User, username=by)
        image = options["format"] == "iso"
        onto = Onto(
            path,
            options["format"],
            options["kind"] or (Medium.Kind.DVD if image else Medium.Kind.USB),
            options["label"],
            options["kept_at"],
            _capacity(options["size"] or ("dvd" if image else "")),
        )
        try:
            for medium, place in export(found, onto, by=person):
                self.stdout.write(f"medium {medium.number}: {place} {medium.sha256}")
            self._name_missing(found)
        except NotEmpty as error:
            raise CommandError(f"{error} is not empty; nothing is overwritten.", returncode=1) from None
        except Damaged as error:
            raise CommandError(
                f"The bag {error} in the store is not the one that was made.", returncode=1
            ) from None
        except NothingToExport:
            raise CommandError(f"No bag of {year} has been made yet.", returncode=1) from None
        except TooLarge as error:
            raise CommandError(f"The bag {error} does not fit one medium.", returncode=1) from None
        except PermissionDenied:
            raise CommandError(f"{by} may not make copies of the archive.", returncode=1) from None

    def _name_missing(self, year: SchoolYear) -> None:
        names = ", ".join(each.name for each in shelf.without_bag(year))
        if names:
            self.stderr.write(f"Not on it, for no bag of them was made: {names}.")

    def _found(self, model: Any, **which: str) -> Any:
        found = model.objects.filter(**which).first()
        if found is None:
            raise CommandError(f"Unknown: {', '.join(which.values())}.", returncode=1)
        return found


def _capacity(size: str) -> int | None:
    if size in SIZES:
        return SIZES[size]
    if size and not size.isdigit():
        raise CommandError(f"--size: {', '.join(SIZES)} or a number of bytes.", returncode=1)
    return int(size) if size else None

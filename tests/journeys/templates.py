"""Installations made once per test run, of which every journey gets a copy.

Migrating and inventing a school take longer than many a journey. pytest's processes share what they make: whoever
needs a template first makes it while the others wait, and the last to leave removes it.
"""

import fcntl
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from zlib import crc32

from tests.journeys.portal import Portal
from tests.journeys.template import EMPTY_DATABASE, Template
from tests.running.processes import clean_environment


@dataclass
class Templates:
    """`root` is a folder, and `run` a name, that all processes of this test run share."""

    root: Path
    run: str
    stack: ExitStack
    made: dict[tuple[str, ...], Template] = field(default_factory=dict)

    def blank(self) -> Template:
        """A migrated database without a row."""
        return self._like(Template(self.root / "nothing", EMPTY_DATABASE), ["migrate", "-v0"])

    def school(self, options: Sequence[str]) -> Template:
        """The demonstration school, by the options of `load_demonstration`."""
        return self._like(self.blank(), ["load_demonstration", *options])

    def _like(self, other: Template, command: list[str]) -> Template:
        if tuple(command) not in self.made:
            name = f"{command[0]}_{crc32(' '.join(command).encode()):08x}"
            template = Template(self.root / name, f"portal_{self.run[:12]}_{name}")
            lock = self.root / f"{name}.lock"
            self.stack.enter_context(_shared(lock, lambda: _make(template, other, command), template.remove))
            self.made[tuple(command)] = template
        return self.made[tuple(command)]


def _make(template: Template, other: Template, command: list[str]) -> None:
    other.folder.mkdir(exist_ok=True)
    settings = other.copy(template.folder, template.database)
    done = Portal("", template.folder, clean_environment(**settings)).manage(*command)
    assert done.returncode == 0, done.stderr


@contextmanager
def _shared(place: Path, make: Callable[[], None], remove: Callable[[], None]) -> Iterator[None]:
    """`place` is locked by all who use what was made there, and whether it was made is asked by one at a time."""
    turn = place.with_suffix(".turn")
    with place.open("a+") as users:
        with _locked(turn):
            if not place.stat().st_size:
                remove()  # what a maker left who failed
                make()
                users.write("made")
                users.flush()
            fcntl.flock(users, fcntl.LOCK_SH)
        yield
        with _locked(turn), suppress(BlockingIOError):
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            users.truncate(0)
            remove()


@contextmanager
def _locked(place: Path) -> Iterator[None]:
    with place.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield

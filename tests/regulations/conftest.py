"""The school of a story as it stands after a chapter: told once for a module, then put back for each test."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from django.test import TestCase

from accounts.models import AuditEvent
from tests.gradebook.windows.clock import Clock
from tests.photograph import Photograph
from tests.regulations.school import School

Chapter = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Told:
    """What a chapter leaves: the school, its rows and its files."""

    school: School
    rows: Photograph
    files: Path


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Events are of the story's hour too: the default of their column was taken before the clock was."""
    clock = Clock(monkeypatch)
    column = AuditEvent._meta.get_field("at")
    monkeypatch.setattr(column, "_get_default", lambda: clock.moment, raising=False)
    return clock


@pytest.fixture(scope="module")
def told() -> dict[Chapter, Told]:
    return {}


@pytest.fixture
def after(
    request: pytest.FixtureRequest,
    db: None,
    told: dict[Chapter, Told],
    clock: Clock,
    file_store: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[Chapter], School]:
    """`after(chapter)`: the first of the module's CHAPTERS founds the school, each later one goes on from there."""
    chapters = request.module.CHAPTERS

    def tell(chapter: Chapter) -> School:
        before, place = Photograph.taken(), chapters.index(chapter)
        begun = stand(chapters[place - 1]) if place else None
        with TestCase.captureOnCommitCallbacks(execute=True):
            told_now = chapter(begun or clock)
        school: School = begun or told_now
        files = tmp_path_factory.mktemp(chapter.__name__)
        copytree(file_store, files, dirs_exist_ok=True)
        told[chapter] = Told(deepcopy(school), Photograph.since(before), files)
        return school

    def stand(chapter: Chapter) -> School:
        if chapter not in told:
            return tell(chapter)
        kept = told[chapter]
        kept.rows.put_back()
        copytree(kept.files, file_store, dirs_exist_ok=True)
        school = deepcopy(kept.school)
        clock.moment, school.clock = kept.school.clock.moment, clock
        return school

    return stand

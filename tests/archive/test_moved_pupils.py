"""The printed list says since when and until when, where that is not the whole year."""

import pytest

from archive import profiles
from archive.payload import freeze_class_book
from tests.gradebook.moving import change, come, go

pytestmark = pytest.mark.django_db


def notes(school_class):
    return {row["name"]: row["note"] for row in profiles.pupils(freeze_class_book(school_class))["rows"]}


def test_who_came_or_left_in_the_course_of_the_year_is_noted(cast):
    left, moved, stayed = (pupil.student.full_name for pupil in cast.pupils["6A"][:3])
    go(cast, cast.pupils["6A"][0])
    change(cast, cast.pupils["6A"][1])
    come(cast)

    old = notes(cast.classes["6A"])
    assert old[left] == old[moved] == "Rời lớp ngày 12/10/2026."
    assert (old[stayed], old["Lý Thảo Chi"]) == ("", "Vào lớp ngày 12/10/2026.")
    assert "Vào lớp ngày 12/10/2026." in notes(cast.classes["6B"]).values()

"""The report for the leaders: who changed much after the lock, what changed far, which averages lie apart."""

import pytest

from corrections import actions, anomalies
from gradebook.actions.marks import Edit, save_marks
from gradebook.models import Column
from tests.cast import client_of, in_english

URL = "/corrections/report/"


def carried_out(scene, *edits):
    correction = scene.approved(*edits)
    actions.execute(correction=correction, by=scene.cast.khoa)
    return correction


@pytest.mark.duty("S1-23")
def test_changes_are_counted_by_teacher_class_and_period_and_far_ones_are_named(scene):
    small = carried_out(scene)
    carried_out(scene, *(scene.edit("6", 0, pupil=pupil) for pupil in (1, 2)))
    far = carried_out(scene, scene.edit("2,5", 2))
    scene.submit(scene.edit("7", 0, pupil=3))  # not carried out

    page = in_english(scene.cast.vinh).get(URL)

    report = page.context["report"]
    for tallies in (report.teachers, report.classes, report.periods):
        assert [(tally.cells, len(tally.requests)) for tally in tallies] == [(4, 3)]
    assert report.teachers[0].of == scene.cast.toan
    assert [line.request for line in report.far] == [far] != [small]
    assert f'href="/corrections/{far.pk}/"' in page.text and "Trần Bảo An" in page.text


def test_a_period_narrows_it_and_one_that_there_is_not_narrows_nothing(scene):
    carried_out(scene)
    vinh = client_of(scene.cast.vinh)

    cells = {code: vinh.get(URL, {"period": code}).context["report"].cells for code in ("GK1", "CK1", "x")}

    assert cells == {"GK1": 1, "CK1": 0, "x": 1}


def test_from_so_many_cells_on_it_says_many(scene, monkeypatch):
    carried_out(scene)
    leader = in_english(scene.cast.vinh)
    assert "status-late" not in leader.get(URL).text

    monkeypatch.setattr(anomalies, "MANY", 1)

    assert leader.get(URL).text.count("status-late") == 2  # the teacher and the class
    assert leader.get(URL).context["report"].teachers[0].is_many


@pytest.mark.duty("S1-23")
def test_a_course_far_from_its_subject_in_the_grade_is_named(scene, cast):
    cast.execute("open")
    for name, typed, teacher in (("6A", "9", cast.toan), ("6B", "4", cast.lan)):
        columns = Column.objects.filter(course=cast.maths[name], kind="regular", period__code="GK1")[:2]
        edits = [
            Edit(
                pupil.pk,
                column.pk,
                typed,
                1 if (pupil.pk, column.pk) == (scene.enrolment.pk, scene.column.pk) else 0,
            )
            for pupil in cast.pupils[name]
            for column in columns
        ]
        save_marks(course=cast.maths[name], edits=edits, by=teacher, origin="page")

    apart = client_of(cast.hanh).get(URL).context["report"].apart

    assert [(each.name, each.average, each.usual) for each in apart] == [
        ("Toán, 6A", 9, 6.5),
        ("Toán, 6B", 4, 6.5),
    ]


@pytest.mark.parametrize("person", ["cuc", "dung", "mai", "toan"])
def test_it_is_for_those_who_read_every_request(scene, person):
    assert client_of(scene.cast.people[person]).get(URL).status_code == 403

"""Short calls for the tests of a sheet's Excel file."""

from gradebook.actions.marks import Edit, save_marks
from gradebook.models import Column, Import, Mark
from tests.gradebook.workbooks import page_of, upload


def url(cast, end: str = "import/upload/", name: str = "6A", semester: int = 1) -> str:
    return f"/courses/{cast.maths[name].pk}/semester-{semester}/{end}"


def column(cast, kind: str, ordinal: int = 1, name: str = "6A") -> Column:
    found = Column.objects.filter(course=cast.maths[name], kind=kind, ordinal=ordinal)
    return found.filter(period__semester__number=1).get()


def enter(cast, pupil: int, typed: str, version: int = 0) -> None:
    edit = Edit(cast.pupils["6A"][pupil].pk, column(cast, "regular").pk, typed, version)
    assert save_marks(course=cast.maths["6A"], edits=[edit], by=cast.toan, origin="page").saved


def hand_in(client, cast, data: bytes) -> Import:
    response = upload(client, url(cast), data)
    assert response.status_code == 303, response.content.decode()
    return Import.objects.latest("pk")


def preview(client, handed_in: Import) -> str:
    return page_of(client, f"/imports/{handed_in.pk}/")


def confirm(client, handed_in: Import, **posted) -> dict[str, int]:
    assert client.post(f"/imports/{handed_in.pk}/confirm/", posted).status_code == 303
    handed_in.refresh_from_db()
    return handed_in.counts


def scores() -> list[str]:
    marks = Mark.objects.order_by("enrolment__number", "column__order").select_related("column")
    return [f"{mark.score}" if mark.score is not None else mark.state for mark in marks]

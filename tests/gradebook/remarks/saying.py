"""Short calls for the tests of weekly remarks."""

from datetime import date

import pytest

from gradebook.actions.remarks import NotWritten, Words, write_remarks
from gradebook.models import Course
from tests.cast import signed_in

WEEK, FIRST_MONDAY = date(2026, 11, 23), date(2026, 8, 31)
FRIDAY, THURSDAY = date(2026, 11, 27), date(2026, 11, 26)
TALKED = "Nói chuyện riêng trong giờ"


def stop_clock(monkeypatch, day):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args, **kwargs: day)


def say(cast, *, by=None, course=None, pupils=(), kind="remark", text=TALKED, week=WEEK, today=FRIDAY):
    return write_remarks(
        course=course or cast.maths["6A"],
        week=week,
        words=Words(kind, text),
        pupils={cast.pupils["6A"][place].pk for place in pupils},
        whole_class=not pupils,
        by=by or cast.toan,
        today=today,
    )


def homeroom(cast, name="6A") -> Course:
    return cast.classes[name].courses.get(kind=Course.Kind.HOMEROOM)


def page(client, cast, who, week=WEEK, name="6A") -> str:
    url = f"/classes/{cast.classes[name].pk}/remarks/?week={week}"
    return signed_in(client, who).get(url).text


def refusal(call) -> str:
    with pytest.raises(NotWritten) as refused:
        call()
    return refused.value.code

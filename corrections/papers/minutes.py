"""The minutes of a correction that was carried out (S3 V (2).4, S1 Đ11.2, S4 II.2.3; rules §5.3)."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from corrections.models import CorrectionRequest, Decision, Endorsement, Execution, Paper, Presence
from corrections.papers.facts import Facts, common, homeroom_place, person, place

Part, Way = Presence.Part, Presence.Way
PARTS = {
    Part.EXECUTOR: "Người thực hiện (Ban quản trị)",
    Part.REQUESTER: "Người đề nghị",
    Part.LEADER: "Đại diện lãnh đạo nhà trường",
    Part.HOMEROOM: "Giáo viên chủ nhiệm",
    Part.PUPIL: "Học sinh có điểm được sửa",
    Part.CLASSMATE: "Học sinh cùng lớp làm chứng",
}
WAYS = {
    Way.SESSION: "xác nhận trong phiên đăng nhập của mình",
    Way.PASSWORD: "xác nhận bằng mật khẩu của mình tại nơi thực hiện",
    Way.PAPER: "ký trên giấy, bản chụp có trong minh chứng",
}


def minutes_facts(correction: CorrectionRequest) -> Facts:
    execution: Execution = correction.execution
    return {
        **common(correction),
        "changed_at": _moment(execution.executed_at),
        "form": _form(correction),
        "endorsement": _endorsement(correction.made_endorsement),
        "decision": _decision(correction.made_decision),
        "present": [_present(row) for row in correction.presences.all()],
        "places": list(_places(execution)),
    }


def _form(correction: CorrectionRequest) -> Facts | None:
    """None where the request was handed in before forms were issued."""
    form = next((paper for paper in correction.papers.all() if paper.kind == Paper.Kind.FORM), None)
    if form is None:
        return None
    return {"number": form.number, "issued_at": _moment(form.issued_at)}


def _endorsement(endorsement: Endorsement | None) -> Facts | None:
    if endorsement is None:
        return None
    by, at = person(endorsement.endorsed_by), _moment(endorsement.endorsed_at)
    return {"by": by, "at": at, "note": endorsement.note}


def _decision(decision: Decision | None) -> Facts | None:
    if decision is None:
        return None
    given = decision.delegation
    delegation = given and {
        "number": given.decision_number,
        "dated": given.decision_dated.isoformat(),
        "giver": given.giver.full_name,
    }
    return {
        "by": person(decision.decided_by),
        "at": _moment(decision.decided_at),
        "note": decision.note,
        "late_reason": decision.late_reason,
        "delegation": delegation,
    }


def _present(row: Presence) -> Facts:
    return {
        "part": _part(row),
        "name": row.name,
        "posts": ", ".join(row.person.role_names) if row.person else "",
        "way": WAYS[Way(row.way)],
        "at": _moment(row.confirmed_at),
    }


def _part(row: Presence) -> str:
    """A classmate signs beside one pupil, which is said."""
    if row.part == Part.CLASSMATE and row.pupil is not None:
        return f"{PARTS[Part.CLASSMATE]} cho {row.pupil.student.full_name}"
    return PARTS[Part(row.part)]


def _places(execution: Execution) -> Iterator[Facts]:
    """Room for every party, whether the school's policy wants them present or only their signatures."""
    correction = execution.request
    names = {row.part: row.name for row in correction.presences.all()}
    decision = correction.made_decision
    leader = names.get(Part.LEADER) or (decision.decided_by.full_name if decision else "")
    yield place("Người đề nghị", correction.requested_by.full_name)
    yield place(PARTS[Part.EXECUTOR], execution.executed_by.full_name)
    yield from (
        place(_part(row), row.name) for row in correction.presences.all() if row.part in Presence.PUPILS
    )
    yield from homeroom_place(correction)
    yield place(PARTS[Part.LEADER], leader)


def _moment(at: datetime) -> str:
    return timezone.localtime(at).isoformat(timespec="seconds")

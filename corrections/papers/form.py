"""The form that asks for the change, as it was handed in (S0 L84; rules §5.2)."""

from collections.abc import Iterator

from django.utils import timezone

from corrections import cutoffs
from corrections.models import CorrectionRequest
from corrections.papers.facts import Facts, common, homeroom_place, place
from corrections.witnesses import asks_pupils, pupils_concerned
from gradebook.models import Policy

_D = Policy.Decider
LEADERS = {
    _D.PRINCIPAL: "Hiệu trưởng",
    _D.VICE_PRINCIPAL: "Phó Hiệu trưởng phụ trách chuyên môn",
    _D.LEADER: "Lãnh đạo nhà trường",
}
OPINION = "Đồng ý / không đồng ý, ý kiến; ký, ghi rõ họ tên"


def form_facts(correction: CorrectionRequest) -> Facts:
    return {
        **common(correction),
        "requested_at": timezone.localtime(correction.requested_at).isoformat(timespec="seconds"),
        "kinds": [
            {"label": str(kind.label), "is_chosen": kind == correction.kind}
            for kind in CorrectionRequest.Kind
        ],
        "due_on": correction.due_on.isoformat() if correction.due_on else "",
        "is_late": cutoffs.is_late(correction),
        "places": list(_places(correction)),
    }


def _places(correction: CorrectionRequest) -> Iterator[Facts]:
    yield place("Người đề nghị", correction.requested_by.full_name)
    if asks_pupils(correction):
        for pupil in pupils_concerned(correction):
            name = pupil.student.full_name
            yield place("Học sinh có điểm được sửa", name)
            yield place(f"Học sinh cùng lớp làm chứng cho {name}")
    yield from homeroom_place(correction)
    if correction.asks_endorsement:
        yield place("Tổ trưởng chuyên môn", note="Xác nhận; ký, ghi rõ họ tên")
    yield place(LEADERS[_D(correction.decider)], note=OPINION)

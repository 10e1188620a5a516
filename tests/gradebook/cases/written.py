"""Cases as an inspector writes them."""

from gradebook.assessment.evaluate import evaluate

THCS = (
    *("Ngữ văn", "Toán", "Ngoại ngữ 1", "GDCD"),
    *("Lịch sử và Địa lí", "Khoa học tự nhiên", "Công nghệ", "Tin học"),
)
COMMENTED = ("GDTC", "Nghệ thuật", "HĐTN-HN", "GDĐP")


def case(kind, scheme="TT22", **given):
    return {"id": "x", "scheme": scheme, "kind": kind, "input": given}


def evaluation(kind, scheme="TT22", **given):
    return evaluate(case(kind, scheme, **given))


def result(kind, scheme="TT22", **given):
    return evaluation(kind, scheme, **given).result


def pupil(marks, failed=(), subjects=THCS, commented=COMMENTED):
    """`marks` such as "8.0*6 6.5*2", in the order of the subjects."""
    values = [
        value
        for value, _star, times in (part.partition("*") for part in marks.split())
        for _ in range(int(times or 1))
    ]
    comment = {name: "CĐ" if name in failed else "Đ" for name in commented}
    return {"scored": dict(zip(subjects, values, strict=True)), "comment": comment}

"""Weekly remarks as teachers write them: on the class nearly every week, on pupils now and then."""

from collections.abc import Sequence
from datetime import date

from gradebook.actions.remarks import Words, write_remarks
from gradebook.models import Course, Remark
from schoolrecords.demonstration.dice import Dice, dice
from schoolrecords.demonstration.marks import Pupil
from schoolrecords.demonstration.teaching import TaughtCourse

Sheet = tuple[TaughtCourse, Sequence[Pupil]]
AUTUMN = (date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 16))
SPRING = (date(2027, 4, 5), date(2027, 4, 12), date(2027, 4, 19))
WHOLE = ("5A", "6A", "12A")
"""Classes of which the subject teachers' remarks are shown; of the others the homeroom teacher's."""
_K = Remark.Kind

OF_CLASS = (
    "Lớp học nghiêm túc, hăng hái xây dựng bài; một số em còn quên vở bài tập.",
    "Nền nếp tốt, chuẩn bị bài đầy đủ. Cần giữ trật tự hơn khi thảo luận nhóm.",
    "Ý thức học tập khá, hoàn thành bài tập về nhà; vài em làm bài còn chậm.",
    "Giờ học sôi nổi, làm việc nhóm hiệu quả, trình bày sản phẩm đúng hạn.",
    "Cả lớp ôn bài trước khi kiểm tra nghiêm túc, trung thực.",
    "Đầu giờ ổn định còn chậm, sau đó học tập trung.",
    "Mang đủ sách vở, đồ dùng; ghi bài đầy đủ, sạch sẽ.",
    "Tổ 2 và tổ 3 phát biểu nhiều, tổ 4 cần mạnh dạn hơn.",
    "Cuối giờ còn mất trật tự, đã nhắc cả lớp rút kinh nghiệm.",
    "Có nhiều câu hỏi hay; biết giúp nhau sửa bài.",
    "Làm bài kiểm tra thường xuyên khá đều, cần trình bày cẩn thận.",
    "Tiết thứ Sáu còn uể oải, các tiết khác học tốt.",
)
OF_CLASS_AT_LARGE = (
    "Đi học đúng giờ, đồng phục đầy đủ; trực nhật và vệ sinh lớp tốt.",
    "Tham gia tốt phong trào chào mừng ngày 20/11, xếp hàng ra về trật tự.",
    "Nền nếp xếp hàng đầu giờ cần nhanh hơn; 15 phút đầu giờ đã tự quản tốt.",
    "Hưởng ứng kế hoạch nhỏ, quyên góp sách cho thư viện lớp.",
)
OF_PUPIL: dict[str, tuple[str, ...]] = {
    _K.PRAISE: (
        "Tích cực phát biểu, giúp bạn cùng bàn hiểu bài.",
        "Nhặt được của rơi, trả lại người mất.",
        "Có tiến bộ rõ rệt so với tuần trước.",
        "Làm nhóm trưởng có trách nhiệm, trình bày tự tin trước lớp.",
    ),
    _K.REMARK: (
        "Cần tập trung hơn trong giờ, ghi bài đầy đủ.",
        "Còn rụt rè, cần mạnh dạn trao đổi với bạn.",
        "Chữ viết và trình bày vở cần cẩn thận hơn.",
    ),
    _K.BREACH: (
        "Không làm bài tập về nhà, đã nhắc nhở.",
        "Nói chuyện riêng trong giờ, đã nhắc hai lần.",
        "Đi học muộn sau giờ truy bài, đã báo gia đình.",
        "Quên khăn quàng, đồng phục chưa đúng quy định.",
    ),
}


def write(sheets: Sequence[Sheet], weeks: Sequence[date], seed: int) -> None:
    """Before the books of the weeks' semester are locked."""
    for place, (taught, pupils) in enumerate(sheets):
        course = taught.course
        at_large = course.kind == Course.Kind.HOMEROOM
        if at_large or course.school_class.name in WHOLE:
            chance = dice(seed, "remarks", course.school_class.name, course.subject.code)
            texts = OF_CLASS_AT_LARGE if at_large else OF_CLASS
            for number, week in enumerate(weeks):
                _on_class(taught, week, texts[(place + 5 * number) % len(texts)], chance)
                _on_pupils(taught, week, pupils, chance)


def _on_class(taught: TaughtCourse, week: date, text: str, chance: Dice) -> None:
    if chance.random() < 0.85:
        _say(taught, week, Words(_K.REMARK, text), set())


def _on_pupils(taught: TaughtCourse, week: date, pupils: Sequence[Pupil], chance: Dice) -> None:
    """Now and then, and what is said follows no rule but chance: the able come late too."""
    if chance.random() < 0.4:
        kind = chance.choice([_K.PRAISE, _K.PRAISE, _K.REMARK, _K.BREACH])
        some = chance.sample(list(pupils), k=min(len(pupils), chance.randint(1, 3)))
        words = Words(kind, chance.choice(OF_PUPIL[kind]))
        _say(taught, week, words, {pupil.enrolment.pk for pupil in some})


def _say(taught: TaughtCourse, week: date, words: Words, pupils: set[int]) -> None:
    write_remarks(
        course=taught.course,
        week=week,
        words=words,
        pupils=pupils,
        whole_class=not pupils,
        by=taught.teachers[""],
        today=week,
    )

"""Three pupils on the move in autumn: one came with the marks of another school, one left, one changed class."""

from collections.abc import Mapping
from datetime import date

from accounts.models import User
from gradebook.actions.earlier_results import EarlierLine, save_earlier_results
from gradebook.actions.movement_desk import MovementPaper
from gradebook.actions.movements import change_class, leave, receive
from gradebook.known_pupils import Newcomer
from gradebook.models import Enrolment, Movement, SchoolClass, SchoolYear, Student

CAME, LEFT, CHANGED = date(2026, 10, 12), date(2026, 11, 2), date(2026, 11, 16)
FORMER_SCHOOL = "Trường THCS Suối Mơ, tỉnh Sông Ngàn"
NEXT_SCHOOL = "Trường THCS Bến Đá, thành phố Hải Phòng"
NEWCOMER = Newcomer("Lương Khánh Vy", date(2014, 4, 18), Student.Sex.FEMALE, "9900099001", "999314099001")
# Subject, regular marks and midterm of this semester so far, result of last year.
EARLIER = (
    ("Ngữ văn", "8 7,5", "", "7,6"),
    ("Toán", "7 8", "", "7,9"),
    ("Tiếng Anh", "9 8,5", "", "8,4"),
    ("Lịch sử và Địa lí", "8", "", "8,1"),
    ("Khoa học tự nhiên", "7,5 8", "", "7,8"),
    ("Giáo dục thể chất", "Đ Đ", "", "Đ"),
)


def happen(year: SchoolYear, people: Mapping[str, User]) -> None:
    """A school without these classes, as in tests, has no movements."""
    classes = {each.name: each for each in SchoolClass.objects.filter(year=year)}
    if not {"6A", "6B", "7A", "8A"} <= classes.keys():
        return
    clerk = people["vanthu"]
    _receive(classes["7A"], clerk)
    leave(
        enrolment=_pupil(classes["8A"]),
        kind=Movement.Kind.TRANSFERRED,
        paper=MovementPaper(LEFT, "61/QĐ-NT", date(2026, 10, 30), NEXT_SCHOOL, "Gia đình chuyển nơi ở"),
        by=clerk,
        today=LEFT,
    )
    change_class(
        enrolment=_pupil(classes["6A"]),
        to=classes["6B"],
        paper=MovementPaper(CHANGED, "66/QĐ-NT", date(2026, 11, 13), reason="Nguyện vọng của gia đình"),
        by=clerk,
        today=CHANGED,
    )


def _pupil(school_class: SchoolClass) -> Enrolment:
    """From the end of the list, where no other story of the demonstration plays."""
    found: Enrolment = (
        school_class.enrolments.on_roll()
        .select_related("student", "school_class__year")
        .order_by("-number")[4]
    )
    return found


def _receive(school_class: SchoolClass, clerk: User) -> None:
    movement = receive(
        newcomer=NEWCOMER,
        school_class=school_class,
        paper=MovementPaper(
            CAME, "54/QĐ-NT", date(2026, 10, 9), FORMER_SCHOOL, "Theo gia đình về Ngàn Thông"
        ),
        by=clerk,
        today=CAME,
    )
    this_year = [EarlierLine(1, subject, regular, midterm) for subject, regular, midterm, _ in EARLIER]
    last_year = [EarlierLine(0, subject, result=result) for subject, _, _, result in EARLIER]
    for name, grade, lines in (("2026-2027", 7, this_year), ("2025-2026", 6, last_year)):
        save_earlier_results(movement=movement, year_name=name, grade=grade, lines=lines, by=clerk)

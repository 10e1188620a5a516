"""Whole profiles from a list: new pupils, empty values filled, differences shown, possible duplicates answered."""

from dataclasses import replace

import pytest

from accounts.names import search_key
from accounts.recorded import create_many
from gradebook.actions.movement_cancel import cancel_movement
from gradebook.known_pupils import Newcomer
from gradebook.models import Guardian, Student
from tests.cast import in_english
from tests.gradebook.moving import come
from tests.gradebook.workbooks import confirmed, handed_in, page_of, pupil, pupil_list, reasons, table

pytestmark = pytest.mark.django_db
# As VEMIS heads its list of pupils (rules.md §6.1.2).
VEMIS = [
    "STT",
    "Lớp học",
    "Mã học sinh",
    "Mã MOET",
    "Mã VEMIS",
    "Sổ đăng bộ",
    "Số định danh cá nhân",
    "Họ tên",
    "Ngày sinh",
    "Giới tính",
    "Chỗ ở hiện nay",
    "Hộ khẩu thường trú",
    "Nơi sinh",
    "Quê quán",
    "Chứng minh thư",
    "Ngày cấp CMT",
    "Nơi cấp CMT",
    "Dân tộc",
    "Tôn giáo",
    "Diện chính sách",
    "Cận nghèo",
    "Đội viên",
    "N.trú/B.trú",
    "Tên cha",
    "Năm sinh cha",
    "Căn cước cha",
    "Đơn vị công tác cha",
    "SĐT sổ liên lạc",
]
ROW = [
    *("1", "6A", "HS001", "9000000001", "V1", "45", "001315000001", "Tô Gia Hân", "05/09/2015", "Nữ"),
    *(
        "12 ngõ 3",
        "Tổ 5",
        "Hà Nội",
        "Nam Định",
        "",
        "",
        "",
        "Tày",
        "Không",
        "Con thương binh",
        "x",
        "x",
        "Bán trú",
    ),
    *("Tô Văn Hải", "1985", "001085000001", "Xí nghiệp Bút", "0912345678"),
]


@pytest.fixture
def clerk(cast):
    return in_english(cast.cuc)


def known(cast, **changes) -> Student:
    """A pupil of 6A whose name and birth date are those of `pupil()`."""
    student = cast.pupils["6A"][0].student
    for name, value in {"birth_date": pupil().birth_date, **changes}.items():
        setattr(student, name, value)
    student.rename(pupil().full_name)
    student.save_by(cast.hanh)
    return student


def row_of(student: Student, **changes):
    return replace(pupil(), ministry_code=student.ministry_code, **changes)


@pytest.mark.duty("S4-09")
def test_every_column_of_a_vemis_list_has_its_place(cast, clerk):
    done = confirmed(clerk, "pupils", table(VEMIS, ROW))

    han = Student.objects.get(ministry_code="9000000001")
    assert done.counts["added"] == 1
    assert (han.school_code, han.register_number, han.citizen_number) == ("HS001", 45, "001315000001")
    assert (han.permanent_address, han.hometown, han.ethnicity) == ("Tổ 5", "Nam Định", "02")
    assert (han.policy_group, han.household, han.union, han.boarding) == (
        "wounded",
        "near_poor",
        "pioneer",
        "day",
    )
    father = han.guardians.get()
    assert (father.full_name, father.birth_year, father.workplace) == ("Tô Văn Hải", 1985, "Xí nghiệp Bút")


def test_a_new_pupil_may_have_no_identifier_yet(cast, clerk):
    done = confirmed(clerk, "pupils", pupil_list(pupil(ministry_code=None)))

    assert done.counts["added"] == 1
    assert Student.objects.get(full_name=pupil().full_name).ministry_code == ""


def test_empty_values_of_a_known_pupil_are_filled_with_history(cast, clerk):
    student = known(cast)
    data = pupil_list(row_of(student, address="12 ngõ 3", mother_name="Trần Thị Mai", mother_birth_year=1987))

    done = confirmed(clerk, "pupils", data)

    student.refresh_from_db()
    assert (done.counts["filled"], student.address) == (1, "12 ngõ 3")
    assert student.guardians.get().birth_year == 1987
    written = student.history.latest("history_id")
    assert (written.history_user, written.history_origin) == (cast.cuc, f"import {done.pk}")


def test_values_that_differ_are_shown_and_not_written(cast, clerk):
    student = known(cast, address="Số 1 phố Huế", phone="0912345678")
    Guardian(student=student, relation="father", full_name="Hồ Văn Một").save_by(cast.hanh)
    data = pupil_list(row_of(student, address="Số 2 phố Huế", father_name="Hồ Văn Hai"))

    given = handed_in(clerk, "pupils", data)
    page = page_of(clerk, f"/imports/{given.pk}/?show=different")
    clerk.post(f"/imports/{given.pk}/confirm/")

    student.refresh_from_db()
    assert all(text in page for text in ("Số 1 phố Huế", "Số 2 phố Huế", "Hồ Văn Một", "Hồ Văn Hai"))
    assert (student.address, student.guardians.get().full_name) == ("Số 1 phố Huế", "Hồ Văn Một")


def test_a_fill_twice_changes_nothing_the_second_time(cast, clerk):
    student = known(cast)
    data = pupil_list(row_of(student, address="12 ngõ 3", father_name="Hồ Văn Hai"))
    confirmed(clerk, "pupils", data)
    versions = Student.history.count(), Guardian.history.count()

    again = confirmed(clerk, "pupils", data)

    assert again.counts["present"] == 1
    assert (Student.history.count(), Guardian.history.count()) == versions


def test_a_number_of_another_pupil_is_refused(cast, clerk):
    known(cast, school_code="HS7")

    done = confirmed(clerk, "pupils", pupil_list(pupil(3, school_code="HS7"), pupil(4, register_number=0)))

    assert reasons(done) == ["disagrees", "bad_count"]


def namesake(cast) -> Student:
    [student] = create_many(
        Student,
        [
            Student(
                ministry_code="8800000001",
                full_name=pupil().full_name,
                birth_date=pupil().birth_date,
                sex="female",
            )
        ],
        by=cast.hanh,
    )
    return student


@pytest.mark.parametrize("same", [True, False])
def test_a_possible_duplicate_is_answered_by_somebody_with_a_reason(cast, clerk, same):
    student, students = namesake(cast), Student.objects.count()
    given = handed_in(clerk, "pupils", pupil_list(pupil()))
    assert "the same child: 8800000001" in page_of(clerk, f"/imports/{given.pk}/")

    answer = {"row": 5, "meaning": student.pk if same else "another", "reason": "Giấy khai sinh"}
    assert clerk.post(f"/imports/{given.pk}/answer/", answer).status_code == 303
    clerk.post(f"/imports/{given.pk}/confirm/")

    given.refresh_from_db()
    assert given.counts["added"] == 1
    assert Student.objects.count() == students + 1 - same
    assert student.enrolments.exists() == same
    assert (given.answers["5"]["by"], given.answers["5"]["reason"]) == (cast.cuc.pk, "Giấy khai sinh")


def test_a_name_with_other_tones_is_asked_about_and_never_taken_for_the_same(cast, clerk):
    """By hand, as a movement and from a list alike: tones are what a hurried hand leaves out."""
    confirmed(clerk, "pupils", pupil_list(pupil()))

    plain = pupil(ministry_code=None, full_name=search_key(pupil().full_name).title())
    again = confirmed(clerk, "pupils", pupil_list(plain))

    assert reasons(again) == ["possible_duplicate"]


def test_a_place_taken_back_does_not_keep_a_pupil_out_of_the_list(cast, clerk):
    named = Newcomer(pupil().full_name, pupil().birth_date, "female", pupil().ministry_code or "")
    movement = come(cast, named)
    cancel_movement(movement=movement, reason="Nhầm học sinh", by=cast.cuc)

    done = confirmed(clerk, "pupils", pupil_list(pupil()))

    assert (done.counts["added"], reasons(done)) == (1, [])
    assert movement.student.enrolments.on_roll().get().school_class == cast.classes["6A"]


def test_an_answer_without_a_reason_is_asked_again_and_keeps_the_choice(cast, clerk):
    student = namesake(cast)
    given = handed_in(clerk, "pupils", pupil_list(pupil()))

    response = clerk.post(f"/imports/{given.pk}/answer/", {"row": 5, "meaning": student.pk, "reason": ""})

    assert response.status_code == 422
    assert f'value="{student.pk}" required' in response.content.decode()
    given.refresh_from_db()
    assert given.answers == {}


def test_an_answer_names_one_of_the_pupils_who_were_asked_about(cast, clerk):
    namesake(cast)
    stranger = cast.pupils["6B"][0].student
    given = handed_in(clerk, "pupils", pupil_list(pupil()))

    response = clerk.post(f"/imports/{given.pk}/answer/", {"row": 5, "meaning": stranger.pk, "reason": "x"})

    assert response.status_code == 422

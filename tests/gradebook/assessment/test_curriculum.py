"""The subjects, strands and traits written down once more, as the tables of the curriculum have them."""

import pytest

from gradebook.assessment import tt27
from gradebook.assessment.catalogue import SubjectKind, subjects

# The subject, then its lessons in grades 1 to 5; "-": not taught, "?": chosen.
PRIMARY = """
tieng-viet             Tiếng Việt               420  350  245  245  245
toan                   Toán                     105  175  175  175  175
ngoai-ngu-1            Ngoại ngữ 1              70?  70?  140  140  140
dao-duc                Đạo đức                  35   35   35   35   35
tu-nhien-xa-hoi        Tự nhiên và Xã hội       70   70   70   -    -
lich-su-dia-li         Lịch sử và Địa lí        -    -    -    70   70
khoa-hoc               Khoa học                 -    -    -    70   70
tin-hoc-cong-nghe      Tin học và Công nghệ     -    -    70   70   70
giao-duc-the-chat      Giáo dục thể chất        70   70   70   70   70
nghe-thuat             Nghệ thuật               70   70   70   70   70
hoat-dong-trai-nghiem  Hoạt động trải nghiệm    105  105  105  105  105
"""
# Lessons in grades 6 and 7, and in 8 and 9; "N": comment only.
LOWER = """
ngu-van                            Ngữ văn                             140   140
toan                               Toán                                140   140
ngoai-ngu-1                        Ngoại ngữ 1                         105   105
giao-duc-cong-dan                  Giáo dục công dân                   35    35
lich-su-dia-li                     Lịch sử và Địa lí                   105   105
khoa-hoc-tu-nhien                  Khoa học tự nhiên                   140   140
cong-nghe                          Công nghệ                           35    52
tin-hoc                            Tin học                             35    35
giao-duc-the-chat                  Giáo dục thể chất                   70N   70N
nghe-thuat                         Nghệ thuật                          70N   70N
hoat-dong-trai-nghiem-huong-nghiep Hoạt động trải nghiệm, hướng nghiệp 105N  105N
giao-duc-dia-phuong                Nội dung giáo dục của địa phương    35N   35N
"""
UPPER = """
ngu-van                            Ngữ văn                             105
toan                               Toán                                105
ngoai-ngu-1                        Ngoại ngữ 1                         105
lich-su                            Lịch sử                             52
giao-duc-quoc-phong-an-ninh        Giáo dục quốc phòng và an ninh      35
dia-li                             Địa lí                              70?
giao-duc-kinh-te-phap-luat         Giáo dục kinh tế và pháp luật       70?
vat-li                             Vật lí                              70?
hoa-hoc                            Hóa học                             70?
sinh-hoc                           Sinh học                            70?
cong-nghe                          Công nghệ                           70?
tin-hoc                            Tin học                             70?
am-nhac                            Âm nhạc                             70N?
mi-thuat                           Mĩ thuật                            70N?
giao-duc-the-chat                  Giáo dục thể chất                   70N
hoat-dong-trai-nghiem-huong-nghiep Hoạt động trải nghiệm, hướng nghiệp 105N
giao-duc-dia-phuong                Nội dung giáo dục của địa phương    35N
"""
STRANDS = {
    "tin-hoc-cong-nghe": "tin-hoc Tin học, cong-nghe Công nghệ",
    "nghe-thuat": "am-nhac Âm nhạc, mi-thuat Mĩ thuật",
    "lich-su-dia-li": "lich-su Lịch sử, dia-li Địa lí",
    "khoa-hoc-tu-nhien": "vat-li Vật lí, hoa-hoc Hóa học, sinh-hoc Sinh học",
}
TRAITS = """
quality   yeu-nuoc Yêu nước, nhan-ai Nhân ái, cham-chi Chăm chỉ, trung-thuc Trung thực, trach-nhiem Trách nhiệm
general   tu-chu-tu-hoc Tự chủ và tự học, giao-tiep-hop-tac Giao tiếp và hợp tác
general   giai-quyet-van-de-sang-tao Giải quyết vấn đề và sáng tạo
specific  ngon-ngu Ngôn ngữ, tinh-toan Tính toán, khoa-hoc Khoa học, cong-nghe Công nghệ, tin-hoc Tin học
specific  tham-mi Thẩm mĩ, the-chat Thể chất
"""


def written(subject):
    kind = "N" if subject.kind is SubjectKind.COMMENT else ""
    return f"{subject.code} {subject.name} {subject.lessons}{kind}{'?' if subject.chosen else ''}"


def taught(table, column, columns):
    for line in table.strip().splitlines():
        *name, lessons = (words := line.split())[: len(words) - columns + column + 1]
        if lessons != "-":
            yield " ".join([*name[: len(words) - columns], lessons])


@pytest.mark.parametrize("grade", range(1, 13))
def test_the_subjects_of_a_grade(grade):
    expected = (
        taught(PRIMARY, grade - 1, 5)
        if grade <= 5
        else taught(LOWER, grade // 8, 2)
        if grade <= 9
        else taught(UPPER, 0, 1)
    )
    assert [written(subject) for subject in subjects(grade)] == [*expected]
    assert all((subject.kind is SubjectKind.LEVEL) is (grade <= 5) for subject in subjects(grade))


@pytest.mark.parametrize("grade", range(1, 13))
def test_the_strands_of_a_grade(grade):
    for subject in subjects(grade):
        strands = ", ".join(f"{strand.code} {strand.name}" for strand in subject.strands)
        one_subject = subject.code == "lich-su-dia-li" and grade <= 5
        assert strands == ("" if one_subject else STRANDS.get(subject.code, ""))


def test_the_traits_of_a_grade():
    listed = [
        f"{kind} {trait}"
        for kind, traits in (line.split(maxsplit=1) for line in TRAITS.strip().splitlines())
        for trait in traits.split(", ")
    ]
    from_grade_3 = [f"{trait.kind.value} {trait.code} {trait.name}" for trait in tt27.traits(3)]
    assert from_grade_3 == listed
    before = [trait.code for trait in tt27.traits(1)]
    assert before == [trait.code for trait in tt27.traits(3) if trait.code not in ("tin-hoc", "cong-nghe")]
    assert (tt27.traits(2), tt27.traits(5)) == (tt27.traits(1), tt27.traits(3))

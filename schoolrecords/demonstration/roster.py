"""Classes and their pupils, in the order of the class list."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from accounts.models import User
from accounts.recorded import create_many
from gradebook.models import Enrolment, Guardian, SchoolClass, Student
from gradebook.spreadsheets.ethnicities import CODES, spelling_key
from schoolrecords.demonstration import names
from schoolrecords.demonstration.dice import Dice, dice, pick
from schoolrecords.demonstration.plan import FIRST_DAY, ClassPlan
from schoolrecords.demonstration.profiles import complete

BIRTHPLACES = {"Tỉnh Sông Ngàn": 86, "Thành phố Hà Nội": 6, "Tỉnh Nghệ An": 4, "Thành phố Hải Phòng": 4}
STREETS = ("phố Đồi Thông", "phố Bến Đá", "phố Cầu Mây", "đường Chợ Cũ", "đường Ven Hồ", "ngõ Giếng Đình")
WARDS = ("phường Ngàn Thông", "phường Đồi Gió", "xã Suối Mơ")
STARTED_LATE = 0.02


def enrol(plan: ClassPlan, school_class: SchoolClass, seed: int, *, by: User) -> list[Enrolment]:
    """Invent the pupils of a class and enrol them in Vietnamese name order."""
    chance = dice(seed, "pupils", plan.name)
    first = Student.objects.count()
    families = [_family(plan.grade, first + place, chance) for place in range(plan.pupils)]
    complete(families, plan, seed)
    families.sort(key=lambda family: (family.pupil.sort_key, family.pupil.birth_date))
    students = create_many(Student, [family.pupil for family in families], by=by, origin="demonstration")
    parents = [parent for family in families for parent in family.parents()]
    create_many(Guardian, parents, by=by, origin="demonstration")
    return create_many(Enrolment, _list(students, school_class), by=by, origin="demonstration")


def _list(students: Iterable[Student], school_class: SchoolClass) -> list[Enrolment]:
    return [
        Enrolment(student=student, school_class=school_class, number=number, since=FIRST_DAY)
        for number, student in enumerate(students, start=1)
    ]


@dataclass(frozen=True, slots=True)
class Family:
    pupil: Student
    father: str
    mother: str

    facts: dict[Guardian.Relation, dict[str, Any]] = field(default_factory=dict)
    """What the profile says of each parent beside the name."""

    def parents(self) -> list[Guardian]:
        names_of = {Guardian.Relation.FATHER: self.father, Guardian.Relation.MOTHER: self.mother}
        return [
            Guardian(student=self.pupil, relation=relation, full_name=name, **self.facts.get(relation, {}))
            for relation, name in names_of.items()
        ]


def _family(grade: int, number: int, chance: Dice) -> Family:
    sex = chance.choices((Student.Sex.MALE, Student.Sex.FEMALE), (51.5, 48.5))[0]
    group = pick(names.GROUPS, chance)
    family = names.family_name(group, chance)
    birth_date = _birth_date(grade, chance)
    pupil = Student(
        ministry_code=_ministry_code(number),
        citizen_number=_citizen_number(sex, birth_date, number),
        full_name=names.child(family, sex, chance),
        birth_date=birth_date,
        sex=sex,
        ethnicity=CODES[spelling_key(group)],
        birthplace=pick(BIRTHPLACES, chance),
        address=f"{chance.randint(1, 180)} {chance.choice(STREETS)}, {chance.choice(WARDS)}, tỉnh Sông Ngàn",
        phone=_phone(number),
    )
    return Family(
        pupil,
        father=names.adult(family, names.MALE, chance),
        mother=names.adult(names.family_name(group, chance), names.FEMALE, chance),
    )


def _birth_date(grade: int, chance: Dice) -> date:
    """In the year a child turns six when entering grade 1; a few entered a year later."""
    born = FIRST_DAY.year - grade - 5 - (chance.random() < STARTED_LATE)
    return date(born, 1, 1) + timedelta(days=chance.randrange(365))


# No province has the code 99 or 999 and no subscriber number begins with 00: these can be nobody's.
def _ministry_code(number: int) -> str:
    return f"99{number:08}"


def _citizen_number(sex: str, birth_date: date, number: int) -> str:
    century_and_sex = 2 if sex == Student.Sex.MALE else 3
    return f"999{century_and_sex}{birth_date:%y}{number:06}"


def _phone(number: int) -> str:
    return f"0000{number:06}"

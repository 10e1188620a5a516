"""The rest of the pupils' profiles: addresses, policy groups, parents. Dice of their own leave all else as it was."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from accounts.models import User
from gradebook import register
from gradebook.actions.register import number_pupils
from gradebook.models import Guardian, Level, Student
from schoolrecords.demonstration.dice import Dice, dice, pick
from schoolrecords.demonstration.plan import FIRST_DAY, ClassPlan

if TYPE_CHECKING:
    from schoolrecords.demonstration.roster import Family

UNFINISHED = "6A"
"""The class whose homeroom teacher still has profiles to complete."""
GAPS = ("permanent_address", "policy_group", "phone")

_Group, _House = Student.PolicyGroup, Student.Household
POLICY = {
    _Group.NONE: 93.5, _Group.WOUNDED: 1.2, _Group.MERIT: 1.0, _Group.ORPHAN: 0.5, _Group.REMOTE: 3.0,
    _Group.OTHER: 0.8,
}  # fmt: skip
HOUSEHOLDS = {_House.NONE: 93.0, _House.POOR: 3.0, _House.NEAR_POOR: 4.0}
DISABILITIES = {"": 99.2, "Khuyết tật vận động": 0.3, "Khiếm thính": 0.3, "Khó khăn về học": 0.2}
RELIGIONS = {"Không": 92, "Phật giáo": 4, "Công giáo": 4}
OCCUPATIONS = {
    "Nông dân": 24, "Công nhân": 20, "Buôn bán": 16, "Lao động tự do": 12, "Giáo viên": 6, "Lái xe": 5,
    "Thợ xây": 5, "Kế toán": 4, "Y tá": 3, "Kĩ sư": 3, "Cán bộ xã": 2,
}  # fmt: skip
HOMETOWNS = {"tỉnh Sông Ngàn": 82, "tỉnh Nghệ An": 6, "tỉnh Nam Định": 6, "tỉnh Thái Bình": 6}


def complete(families: "Sequence[Family]", plan: ClassPlan, seed: int) -> None:
    chance = dice(seed, "profiles", plan.name)
    for place, family in enumerate(families):
        _complete_pupil(family.pupil, plan, chance)
        for relation in (Guardian.Relation.FATHER, Guardian.Relation.MOTHER):
            family.facts[relation] = _parent(plan, chance)
        if plan.name == UNFINISHED and place % 8 == 3:
            setattr(family.pupil, GAPS[place // 8 % len(GAPS)], "")


def number_register(*, by: User) -> None:
    number_pupils(first=1, seen=register.fingerprint(register.unnumbered(1)), by=by)


def _complete_pupil(pupil: Student, plan: ClassPlan, chance: Dice) -> None:
    pupil.permanent_address = pupil.address
    pupil.hometown = pick(HOMETOWNS, chance)
    pupil.religion = pick(RELIGIONS, chance)
    pupil.policy_group = pick(POLICY, chance)
    pupil.household = pick(HOUSEHOLDS, chance)
    pupil.disability = pick(DISABILITIES, chance)
    pupil.boarding = Student.Boarding.DAY if plan.grade <= 5 else Student.Boarding.NONE
    pupil.union = _union(plan.grade)
    pupil.admitted_on = _admitted_on(plan.grade)


def _union(grade: int) -> str:
    if grade < 3:
        return Student.Union.NONE
    return Student.Union.PIONEER if grade < 10 else Student.Union.YOUTH


def _admitted_on(grade: int) -> date:
    """At the beginning of the level."""
    began = FIRST_DAY.year - (grade - Level.of_grade(grade).grades.start)
    return date(began, 8, 15)


def _parent(plan: ClassPlan, chance: Dice) -> dict[str, object]:
    born = FIRST_DAY.year - plan.grade - 5 - chance.randint(22, 36)
    return {"birth_year": born, "occupation": pick(OCCUPATIONS, chance)}

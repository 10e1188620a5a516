"""A school that has taken over one of the five regulations, and what its people do on their pages."""

import subprocess
import sys
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.test import Client
from django.utils import timezone

from accounts.actions import units
from accounts.models import Membership
from archive import rendering
from archive.actions import request_class_book, request_paper
from archive.models import Edition, EvidencePack
from archive.packs import making
from archive.wanted import Wanted
from corrections.models import CorrectionRequest, Paper
from gradebook.actions import teaching
from gradebook.actions.policy import set_policy
from gradebook.actions.schedule import carry_out_due
from gradebook.models import Column, Course, Enrolment, Level, LockOrder, Mark, Period, Policy, Subject
from gradebook.policy_history import version_of
from tests.cast import FIRST_DAY, Cast, build, enrol, in_english
from tests.corrections.scene import png, upload
from tests.gradebook.windows.clock import Clock

TEST_PAPER = png()


def hour(month: int, day: int, at: int = 8) -> datetime:
    """Of the school year 2026-2027, local."""
    year = 2026 if month >= 8 else 2027
    return datetime(year, month, day, at, tzinfo=timezone.get_default_timezone())


def picked(moment: datetime) -> str:
    """As the browser sends it."""
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


@dataclass
class School:
    """One class with mathematics, its book still locked. Toàn teaches it and Mai leads it."""

    cast: Cast
    course: Course
    pupils: list[Enrolment]
    clock: Clock

    @classmethod
    def founded(cls, clock: Clock, *, grade: int, code: str) -> "School":
        """In the first week of September it takes over the regulation `code` on the page of its rules."""
        clock.moment = hour(9, 7)
        cast = build(pupils_per_class=2)
        school_class = teaching.open_class(year=cast.year, name=f"{grade}C", grade=grade, by=cast.hanh)
        course = teaching.open_course(
            school_class=school_class,
            subject=Subject.objects.get(code="toan"),
            kind=Course.Kind.PRIMARY if grade <= 5 else Course.Kind.SCORED,
            lessons_per_year=140,
            tested=frozenset({"CK1", "CN"}) if grade <= 5 else frozenset(),
            by=cast.hanh,
        )
        cast.classes[school_class.name] = school_class
        teaching.appoint_homeroom_teacher(
            school_class=school_class, teacher=cast.mai, since=FIRST_DAY, by=cast.hanh
        )
        teaching.assign_teacher(course=course, teacher=cast.toan, since=FIRST_DAY, by=cast.hanh)
        school = cls(cast, course, enrol(cast, school_class.name, 3), clock)
        page = f"/policy/{school.policy.pk}/presets/{code}/"
        principal = school.as_("hanh")
        principal.post(f"{page}apply/", {"seen": principal.get(page).context["seen"]})
        return school

    def go(self, moment: datetime) -> None:
        """The hour comes, and the schedule runs."""
        self.clock.moment = moment
        carry_out_due(moment)

    @property
    def policy(self) -> Policy:
        grade = self.course.school_class.grade
        return Policy.objects.select_related("year").get(year=self.cast.year, level=Level.of_grade(grade))

    def rule(self, **values: object) -> None:
        """The principal changes some of the rules of this level."""
        policy = self.policy
        set_policy(policy=policy, values=values, seen=version_of(policy), by=self.cast.hanh)

    def rules(self, reader: str) -> dict[str, str]:
        """What stands on the page of the school's rules for this level, in words by setting."""
        overview = self.as_(reader).get("/policy/").context["overview"]
        place = [policy.pk for policy in overview.policies].index(self.policy.pk)
        rows = [row for _title, chapter in overview.chapters for row in chapter]
        return {row.setting.name: row.cells[place][1] for row in rows}

    def as_(self, name: str) -> Client:
        """On a page in English, signed in just now."""
        return in_english(self.cast.people[name])

    def put_in_charge(self, name: str) -> None:
        """The head of Toàn's department."""
        by, head = self.cast.hanh, self.cast.people[name]
        department = units.found_department(name="Tổ Toán", by=by)
        for person in (head, self.cast.toan):
            units.add_member(department=department, user=person, since=FIRST_DAY, by=by)
        units.appoint_head(membership=Membership.objects.get(user=head), since=FIRST_DAY, by=by)

    def exams(self, code: str, first: date, last: date) -> None:
        period = Period.objects.get(semester__year=self.cast.year, code=code)
        period.tests_from, period.tests_until = first, last
        period.save_by(self.cast.hanh)

    # Opening and locking

    def order(
        self, act: str, period: str, *, by: str = "hanh", way: str = "order", **terms: object
    ) -> LockOrder:
        """Ordered, or proposed, on the page; hours are local and the order is about the class."""
        asked = {
            "act": act,
            "period": self.cast.periods[period].pk,
            "scope": f"class-{self.course.school_class_id}",
            "reason": "theo kế hoạch năm học",
        }
        answer = self.as_(by).post(f"/lock-board/{way}/", asked | terms)
        assert answer.status_code == 303, answer.status_code
        found: LockOrder = LockOrder.objects.latest("number")
        return found

    def execute(self, order: LockOrder, by: str = "khoa") -> int:
        return self.as_(by).post(f"/lock-board/orders/{order.pk}/execute/").status_code

    def opened(self, *periods: str) -> None:
        for period in periods:
            self.execute(self.order("open", period))

    def locked(self, *periods: str) -> None:
        for period in periods:
            self.execute(self.order("lock", period))

    # Marks

    def column(self, kind: str, period: str) -> Column:
        found: Column = self.course.columns.filter(kind=kind, period__code=period)[0]
        return found

    def enter(self, typed: str, kind: str, period: str, *, pupil: int = 0, by: str = "toan") -> str:
        """Saved by itself on the grid; what became of it: saved, unchanged, or the code of the refusal."""
        column = self.column(kind, period)
        standing = Mark.objects.filter(enrolment=self.pupils[pupil], column=column).first()
        field = f"m-{self.pupils[pupil].pk}-{column.pk}-{standing.version if standing else 0}"
        semester = 1 if period in ("GK1", "CK1") else 2
        url = f"/courses/{self.course.pk}/semester-{semester}/save/"
        answer = self.as_(by).post(url, {field: typed}, headers={"accept": "application/json"})
        if answer.status_code != 200:
            return str(answer.status_code)
        said = answer.json()
        if said["refused"]:
            return str(said["refused"][0]["code"])
        return "saved" if said["saved"] else "unchanged"

    def mark(self, kind: str, period: str, pupil: int = 0) -> Mark:
        return Mark.objects.get(enrolment=self.pupils[pupil], column=self.column(kind, period))

    # Corrections

    def ask(
        self, new: str, where: str, period: str, *, pupil: int = 0, by: str = "toan", **said: object
    ) -> CorrectionRequest:
        """One wrong cell, with the pupil's paper as evidence."""
        column, enrolment = self.column(where, period), self.pupils[pupil]
        standing = Mark.objects.filter(enrolment=enrolment, column=column).first()
        form = {
            f"seen-{enrolment.pk}-{column.pk}": standing.version if standing else 0,
            f"new-{enrolment.pk}-{column.pk}": new,
            "kind": "entry_error",
            "reason": "Cộng nhầm điểm bài kiểm tra",
            "evidence": [upload("bai-kiem-tra.png", TEST_PAPER)],
        }
        answer = self.as_(by).post(f"/corrections/new/courses/{self.course.pk}/", form | said)
        assert answer.status_code == 303, answer.context["form"].errors
        return CorrectionRequest.objects.latest("pk")

    def do(self, name: str, verb: str, correction: CorrectionRequest, **typed: object) -> int:
        """A button of the request's page; the status of the answer."""
        return self.as_(name).post(f"/corrections/{correction.pk}/{verb}/", typed).status_code

    def steps(self, correction: CorrectionRequest, reader: str = "toan") -> list[str]:
        """What the page of the request says was done, and by whom."""
        page = self.as_(reader).get(f"/corrections/{correction.pk}/")
        return [f"{step.title}: {step.who}" for step in page.context["steps"] if step.who]

    def paper(self, correction: CorrectionRequest, kind: str, reader: str = "toan") -> bytes:
        paper = Paper.objects.get(request=correction, kind=kind)
        return self.as_(reader).get(f"/corrections/{correction.pk}/papers/{paper.pk}/").content

    def evidence(self, correction: CorrectionRequest, reader: str) -> bytes:
        file = correction.evidence.get()
        return self.as_(reader).get(f"/corrections/{correction.pk}/evidence/{file.pk}/").content

    # What is printed, and what is left for later years

    def issued(self, wanted: Wanted, by: str = "cuc") -> Edition:
        """Asked for by the clerk, rendered by the worker."""
        return self._rendered(request_paper(wanted=wanted, by=self.cast.people[by]))

    def book(self) -> Edition:
        """The class book as it stands, as a numbered edition."""
        return self._rendered(request_class_book(school_class=self.course.school_class, by=self.cast.cuc))

    def _rendered(self, edition: Edition) -> Edition:
        rendering.render(edition.pk)
        return Edition.objects.get(pk=edition.pk)

    def journal(self, reader: str = "vinh") -> list[str]:
        """The journal of operations, oldest first, in words."""
        return [entry.text for entry in self.as_(reader).get("/operations/").context["entries"]][::-1]

    def pack(self, by: str = "hanh", **about: object) -> EvidencePack:
        """Asked for on the page of evidence packs, and made as the worker makes it."""
        self.as_(by).post(f"/archive/evidence-packs/request/?year={self.cast.year.name}", about)
        asked = EvidencePack.objects.latest("pk")
        making.make(asked.pk)
        found: EvidencePack = EvidencePack.objects.get(pk=asked.pk)
        return found


def unpacked(pack: EvidencePack, where: Path) -> Path:
    zipfile.ZipFile(settings.FILE_STORE / pack.path).extractall(where)
    return where / pack.folder


def proves_itself(folder: Path) -> bool:
    """With the script that lies in it, and nothing of the portal."""
    command = [sys.executable, "-I", "verify.py"]
    ran = subprocess.run(command, cwd=folder, capture_output=True, env={"PYTHONUTF8": "1"}, check=False)
    return ran.returncode == 0

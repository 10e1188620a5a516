"""The principal's desk: papers to enter, a board to appoint, rules to set. Files are built here."""

from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from gradebook.actions.board import appoint
from gradebook.actions.decision_register import DecisionPaper, enter_decision
from gradebook.actions.policy import set_policy
from gradebook.attachments import Upload
from gradebook.models import BoardMember, Decision, Policy
from gradebook.policy_history import version_of
from tests.cast import Cast
from tests.scene import picture

SIGNED = date(2026, 9, 1)
_A = Decision.About


def scan(data: bytes | None = None, name: str = "quyet-dinh.png") -> Upload:
    content = picture() if data is None else data
    return Upload(name, len(content), BytesIO(content).read)


def paper(number: str = "1/QĐ", about: str = _A.REGULATION, **changed: Any) -> DecisionPaper:
    return DecisionPaper(**{"number": number, "dated": SIGNED, "about": about, "title": "Quy chế", **changed})


def typed(**changed: Any) -> dict[str, Any]:
    """What somebody types into the page of a decision."""
    return {"number": "1/QĐ", "dated": "01/09/2026", "about": "regulation", "title": "Quy chế", **changed}


@dataclass
class Desk:
    cast: Cast

    def enter(self, number: str = "1/QĐ", about: str = _A.REGULATION, **changed: Any) -> Decision:
        upload = changed.pop("upload", None)
        written = paper(number, about, **changed)
        return enter_decision(year=self.cast.year, paper=written, upload=upload, by=self.cast.hanh)

    def regulation(self) -> Decision:
        """One that everybody must read."""
        return self.enter(must_be_read=True, upload=scan())

    def seat(self, who: str = "dung", position: str = "member", since: date = SIGNED) -> BoardMember:
        decision = Decision.objects.filter(about=_A.BOARD).first() or self.enter("2/QĐ", _A.BOARD)
        return appoint(
            decision=decision,
            user=self.cast.people[who],
            position=position,
            task="Hỗ trợ giáo viên nhập điểm",
            since=since,
            by=self.cast.hanh,
        )

    def policy(self, level: str = "lower_secondary") -> Policy:
        found: Policy = Policy.objects.select_related("year").get(year=self.cast.year, level=level)
        return found

    def set(self, **values: Any) -> None:
        policy = self.policy()
        set_policy(policy=policy, values=values, seen=version_of(policy), by=self.cast.hanh)

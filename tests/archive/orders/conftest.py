"""An order given by the clerk, and the worker's part of it done here and now."""

import re

import pytest

from archive import rendering, tasks
from archive.models import PaperOrder
from tests.cast import in_english

CHOICE = {"kind": "check_sheet", "scope": "grade-6", "period": "GK1", "signatures": "on"}


@pytest.fixture
def clerk(cast):
    return in_english(cast.cuc)


@pytest.fixture
def woken(monkeypatch) -> list[int]:
    """Editions of which a worker was told."""
    told: list[int] = []
    monkeypatch.setattr(tasks, "wake", told.append)
    return told


def order(clerk, **more) -> PaperOrder:
    answer = clerk.post("/papers/school/request/", {**CHOICE, **more})
    given = PaperOrder.objects.latest("pk")
    assert (answer.status_code, answer["Location"]) == (303, page(given))
    return given


def page(given: PaperOrder, verb: str = "") -> str:
    return f"/papers/orders/{given.pk}/{verb}"


def figures(clerk, given: PaperOrder) -> dict[str, str]:
    """What the page of an order says, by its labels."""
    text = clerk.get(page(given)).text
    found = re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", text, re.S)
    bar = "".join(re.findall(r'<progress[^>]*value="(\d+)"', text))
    return {label: figure.strip() for label, figure in found} | {"bar": bar}


def follow(given: PaperOrder) -> None:
    """What a worker does that gets each message once."""
    tasks.freeze_papers(order_id=given.pk)
    while found := rendering.first_queued(1):
        assert rendering.render(found[0])

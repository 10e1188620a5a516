"""Nothing is destroyed but by decision, and a certificate remains of what was."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from archive import retention, verification
from archive.models import Certificate, Edition
from archive.store import editions
from tests.cast import signed_in

pytestmark = pytest.mark.django_db
FACTS = {"number": "30/QĐ-THCS", "dated": date(2030, 6, 1), "minutes": "BB số 2, có mặt: Hạnh, Cúc"}


def rule(cast, years: int | None, since: date = date(2026, 1, 1)):
    facts = {"kind": "class_book", "years": years, "legal_basis": "Danh mục, mục 3", "effective_from": since}
    return retention.set_rule(facts=facts, by=cast.hanh)


@pytest.fixture
def edition(issue) -> Edition:
    return issue()


@pytest.fixture
def later(cast, monkeypatch) -> date:
    """A day on which one year after the end of the school year is over."""
    day = cast.year.ends_on.replace(year=cast.year.ends_on.year + 1) + timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda *_: day)
    return day


def test_without_a_rule_and_permanently_nothing_is_ever_due(cast, edition, later):
    far = later.replace(year=2226)
    assert retention.due(far) == []
    rule(cast, None)
    assert retention.due(far) == []


def test_a_later_rule_takes_the_place_of_an_earlier_from_its_day_on(cast, edition, later):
    rule(cast, 1)
    assert [(each.kind, each.count) for each in retention.due(later)] == [("class_book", 1)]
    assert retention.due(later - timedelta(days=1)) == []
    rule(cast, 20, since=later)
    assert retention.due(later) == []


@pytest.mark.duty("S0-29")
def test_a_decision_leaves_a_certificate_and_the_file_and_the_check_knows_it(cast, edition, later):
    rule(cast, 1)
    decided = retention.decide_destruction(year=cast.year, kind="class_book", facts=FACTS, by=cast.hanh)

    certificate = Certificate.objects.get(destruction=decided)
    assert (certificate.edition, certificate.facts["sha256"]) == (edition, edition.sha256)
    assert retention.left_of(certificate) == [edition.path]
    assert retention.due(later) == []
    editions.locate(edition.path).unlink()  # what people do by hand
    assert retention.left_of(certificate) == []
    assert verification.verify(edition) == []


def test_nobody_destroys_what_is_not_due_or_without_the_power_to_decide(cast, edition):
    rule(cast, 1)
    with pytest.raises(retention.NotDue):
        retention.decide_destruction(year=cast.year, kind="class_book", facts=FACTS, by=cast.hanh)
    with pytest.raises(PermissionDenied):
        retention.decide_destruction(year=cast.year, kind="class_book", facts=FACTS, by=cast.cuc)
    editions.locate(edition.path).unlink()
    assert [finding.code for finding in verification.verify(edition)] == ["file-missing"]


def test_the_principal_decides_on_the_page_and_reads_what_is_left_to_remove(client, cast, edition, later):
    rule(cast, 1)
    principal = signed_in(client, cast.hanh)
    data = {"number": "30/QĐ", "dated": "2030-06-01", "minutes": "BB 2", "confirmed": "on"}
    refused = principal.post("/archive/retention/destroy/", data | {"what": "class_book-999"})
    assert refused.status_code == 422
    assert "30/QĐ" in refused.content.decode()

    answer = principal.post("/archive/retention/destroy/", data | {"what": f"class_book-{cast.year.pk}"})
    page = principal.get(answer["Location"])
    assert page.context["left"] == 1
    assert edition.path in page.content.decode()

"""A teacher offers an own phrase to the school; who keeps the school's bank answers."""

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEvent
from gradebook.actions.phrase_offers import OfferGone, accept_offer, offer_phrase
from gradebook.actions.phrases import PhraseRefused, Wording, add_phrases, edit_phrase
from gradebook.models import Phrase, PhraseOffer
from tests.cast import signed_in

TEXT = "{tên} tính toán nhanh."


@pytest.fixture
def own(cast) -> Phrase:
    [phrase] = add_phrases(wordings=[Wording(TEXT, standing="good")], by=cast.toan)
    return phrase


@pytest.fixture
def offer(cast, own) -> PhraseOffer:
    return offer_phrase(phrase=own, by=cast.toan)


def shared() -> list[str]:
    return list(Phrase.objects.of_owner(None).values_list("text", flat=True))


def test_an_offered_phrase_is_taken_into_the_schools_bank_by_the_head(cast, client, own):
    signed_in(client, cast.toan).post(f"/phrases/{own.pk}/offer/")
    offer = own.offers.get()

    page = signed_in(client, cast.dung).get("/phrases/").text
    assert f"/phrases/offers/{offer.pk}/accept/" in page
    assert "tính toán nhanh" in page and "Đỗ Minh Toàn" in page
    client.post(f"/phrases/offers/{offer.pk}/accept/")

    assert shared() == [TEXT]
    assert Phrase.objects.get(owner=None).standing == "good"
    assert Phrase.objects.get(pk=own.pk).owner == cast.toan
    assert AuditEvent.objects.filter(verb="gradebook.phrase.accepted", actor_id=cast.dung.pk).exists()
    assert f"/phrases/offers/{offer.pk}/" not in client.get("/phrases/").text


def test_who_declines_says_why_and_the_teacher_reads_it(cast, client, offer):
    signed_in(client, cast.hanh).post(f"/phrases/offers/{offer.pk}/decline/", {"reason": " "})
    assert PhraseOffer.objects.get().state == "waiting"

    client.post(f"/phrases/offers/{offer.pk}/decline/", {"reason": "Trùng với câu đã có"})

    page = signed_in(client, cast.toan).get("/phrases/").text
    assert "Trùng với câu đã có" in page
    assert "Nguyễn Thị Hạnh" in page
    assert f"/phrases/{offer.phrase_id}/offer/" in page  # reworded or not, it may be offered again
    assert shared() == []


def test_other_teachers_neither_see_nor_answer_an_offer(cast, client, offer):
    page = signed_in(client, cast.lan).get("/phrases/").text

    assert "tính toán nhanh" not in page
    assert client.post(f"/phrases/offers/{offer.pk}/accept/").status_code == 403
    assert shared() == []


def test_a_phrase_that_was_changed_after_it_was_offered_is_not_accepted(cast, own, offer):
    edit_phrase(phrase=own, wording=Wording("{tên} lười học."), by=cast.toan)

    with pytest.raises(OfferGone):
        accept_offer(offer=offer, by=cast.hanh)
    assert shared() == []


def test_a_phrase_waits_only_once(cast, own, offer):
    with pytest.raises(PhraseRefused, match="offered-already"):
        offer_phrase(phrase=own, by=cast.toan)


def test_an_offer_is_answered_once(cast, offer):
    accept_offer(offer=offer, by=cast.hanh)

    with pytest.raises(OfferGone):
        accept_offer(offer=offer, by=cast.dung)
    assert shared() == [TEXT]


def test_what_the_school_has_already_is_not_taken_twice_and_the_offer_waits(cast, offer):
    add_phrases(wordings=[Wording(TEXT, standing="good")], shared=True, by=cast.hanh)

    with pytest.raises(PhraseRefused, match="there-already"):
        accept_offer(offer=offer, by=cast.hanh)
    assert PhraseOffer.objects.get().state == "waiting"


def test_nobody_answers_an_offer_of_ones_own(cast):
    [phrase] = add_phrases(wordings=[Wording(TEXT)], by=cast.dung)
    offer = offer_phrase(phrase=phrase, by=cast.dung)

    with pytest.raises(PermissionDenied):
        accept_offer(offer=offer, by=cast.dung)
    assert not PhraseOffer.objects.to_answer(cast.dung).exists()


def test_the_home_page_says_that_offers_wait(cast, client, offer):
    for person, waits in ((cast.dung, True), (cast.lan, False)):
        assert ("/phrases/#offered" in signed_in(client, person).get("/").text) is waits

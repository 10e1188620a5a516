import re
from collections import Counter

from tests.regulations.duties import duties, regulations


def test_every_duty_of_the_five_regulations_is_in_the_table():
    assert Counter(duty.seed for duty in duties().values()) == {
        "S0": 56,
        "S1": 95,
        "S2": 54,
        "S3": 72,
        "S4": 42,
    }
    assert len(duties()) == 319


def test_identifiers_are_unique_and_count_up_within_a_regulation():
    # A repeated table would not parse; a gap or a disorder would.
    assert list(duties()) == [
        f"{seed}-{number:02}"
        for seed, total in Counter(duty.seed for duty in duties().values()).items()
        for number in range(1, total + 1)
    ]


def test_every_regulation_has_a_title():
    assert list(regulations()) == ["S0", "S1", "S2", "S3", "S4"]
    assert all(regulations().values())


def test_every_class_is_one_of_three():
    assert Counter(duty.kind for duty in duties().values()) == {"core": 228, "ext": 59, "external": 32}


def test_every_duty_has_a_clause_and_is_one_full_sentence():
    for duty in duties().values():
        assert duty.clause, duty.identifier
        assert re.fullmatch(r"[A-Z].*[A-Za-z0-9)]\.", duty.text), duty.identifier
        assert ". " not in duty.text, duty.identifier


def test_the_words_of_a_duty_stand_alone():
    not_alone = re.compile(r"…|\bsame as\b|\bS[0-4]-\d|\b(GVCN|GVBM|TTCM|PHT|HT|BGH|CSDL)\b|\bL\d")
    assert [
        duty.identifier for duty in duties().values() if not_alone.search(duty.text + duty.note + duty.clause)
    ] == []

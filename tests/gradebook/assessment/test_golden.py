"""The hand-written cases of tests/regulations/golden_cases.json, each a test named by its identifier."""

import json
from pathlib import Path

import pytest

from gradebook.assessment.evaluate import evaluate

CASES = {
    case["id"]: case
    for case in json.loads(
        (Path(__file__).parents[2] / "regulations" / "golden_cases.json").read_text(encoding="utf-8")
    )["cases"]
}

# The cases whose circular allows another reading, and the choice that takes it.
ALTERNATIVES = {
    "TT22-HT-10": "TT22+removal",
    "TT22-HT-13": "TT22+scored-only",
    "TT22-HT-26": "TT22+removal",
    "TT58-HL-13": "TT58+scored-only",
}


@pytest.mark.parametrize("identifier", CASES)
def test_case(identifier):
    case = CASES[identifier]
    assert evaluate(case).result == case["expected"]


@pytest.mark.parametrize("identifier", ALTERNATIVES)
def test_the_other_reading(identifier):
    case = CASES[identifier]
    results = evaluate({**case, "scheme": ALTERNATIVES[identifier]}).result
    assert results["level"] == case["alternative_reading"]["level"]


def test_zero_is_accepted_in_primary_when_the_school_chooses():
    case = CASES["TT27-D-07"]
    assert evaluate({**case, "scheme": "TT27+zero"}).result == {"valid": True}

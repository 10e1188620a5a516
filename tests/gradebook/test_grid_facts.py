"""What the grid's script is told about its columns."""

import json
import re

from accounts.recorded import update_many
from gradebook.models import Policy
from tests.cast import signed_in


def facts(cast, client):
    page = signed_in(client, cast.toan).get(f"/courses/{cast.maths['6A'].pk}/semester-1/").content.decode()
    [text] = re.findall(r'<script id="grid-facts" type="application/json">(.*?)</script>', page)
    return json.loads(text)


def test_every_column_says_what_may_stand_in_it_and_why_nothing_can_be_typed(cast, client):
    columns = list(facts(cast, client)["columns"].values())

    regular = next(column for column in columns if column["rule"]["form"] == "score")
    assert regular["rule"] == {"form": "score", "absence": True, "maximum": 10, "whole": False, "zero": True}
    assert {column["refusal"] for column in columns} == {"", "locked"}


def test_whole_regular_marks_are_the_policy_s(cast, client):
    policy = Policy.objects.get(level="lower_secondary")
    policy.whole_regular_marks = True
    update_many(
        Policy, [policy], fields=["whole_regular_marks"], by=cast.people["hanh"], reason="", origin="page"
    )

    rules = [column["rule"] for column in facts(cast, client)["columns"].values()]
    assert {rule["whole"] for rule in rules if rule["form"] == "score"} == {True, False}


def test_a_reader_is_told_nothing_that_only_a_hand_needs(cast, client):
    page = signed_in(client, cast.people["hanh"]).get(f"/courses/{cast.maths['6A'].pk}/semester-1/")

    assert "grid-facts" not in page.content.decode()

import re

from gradebook.spreadsheets.problems import BadValue, Code


def test_every_code_says_in_one_line_what_it_means():
    for code in Code:
        assert re.fullmatch(r"[a-z_]+", code)
        assert code.__doc__.endswith(".")
        assert "\n" not in code.__doc__


def test_a_refusal_carries_data_and_no_sentence():
    refusal = BadValue(Code.BAD_DATE, value="x")
    assert (refusal.code, refusal.details) == (Code.BAD_DATE, {"value": "x"})

"""`manage.py assess`: a file of cases in, a report out, whatever is wrong with a case."""

import io
import json
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gradebook.assessment import evaluate_options
from gradebook.assessment.evaluate import KINDS_BY_NAME
from gradebook.assessment.evaluate_report import report
from tests.running.processes import ROOT, clean_environment

GOLDEN = ROOT / "tests" / "regulations" / "golden_cases.json"
GOOD = {"id": "good", "scheme": "TT22", "kind": "conduct_year", "input": {"semester1": "T", "semester2": "T"}}


def assess(file, *options):
    out = io.StringIO()
    call_command("assess", str(file), *options, stdout=out)
    return json.loads(out.getvalue())["results"]


@pytest.fixture
def results(tmp_path):
    """The results of a document, given as text or as cases."""

    def run(document, *options):
        text = document if isinstance(document, str) else json.dumps(document)
        (tmp_path / "cases.json").write_text(text, encoding="utf-8")
        return assess(tmp_path / "cases.json", *options)

    return run


def test_the_golden_cases_have_exactly_their_expected_results():
    expected = {case["id"]: case["expected"] for case in json.loads(GOLDEN.read_bytes())["cases"]}
    assert {answer["id"]: answer["result"] for answer in assess(GOLDEN)} == expected


def test_a_result_comes_with_its_reasons(results):
    (answer,) = results({"cases": [GOOD]})
    assert answer["result"] == {"conduct": "Tốt"}
    assert answer["reasons"][0]["code"] == "level-reached"
    assert "missing" not in answer


def test_what_is_missing_stands_beside_the_result(results):
    (answer,) = results([{**GOOD, "input": {"semester1": "T"}}])
    assert (answer["result"], answer["missing"]) == ({"conduct": None}, ["semester2"])


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        ('"text"', "Case number 2: an object with id"),
        ("null", "Case number 2: an object with id"),
        ('{"scheme": "TT22"}', "Case number 2: it has no id"),
        ('{"id": ["x"]}', "Case number 2: it has no id"),
        ('{"id": ""}', "Case number 2: it has no id"),
        ('{"id": true}', "Case number 2: it has no id"),
        ('{"id": "x", "id": "y"}', "Case number 2: it has no id"),
        (json.dumps(GOOD), "the id 'good' was already given to case number 1"),
        ('{"id": "x"}', "Case x: 'scheme' is missing."),
        ('{"id": 7, "scheme": "TT9"}', "Case 7: scheme: 'TT9' is not a scheme"),
        ('{"id": "x", "scheme": "TT22", "kind": "y", "input": {}}', "Case x: kind: TT22-2021 has no kind"),
        ('{"id": "x", "scheme": "TT22", "kind": "promotion", "input": NaN}', "Case x: NaN"),
        ('{"id": "x", "input": {"absences": 1e999}, "kind": "promotion", "scheme": "TT22"}', "absences: inf"),
        ('{"id": "x", "input": {"a": %s}}' % ("9" * 5000), "Case x: a number of 5000 digits"),
        ('{"id": "x", "input": %s}' % ("[" * 90_000 + "]" * 90_000), "nesting over 20 levels"),
        ('{"id": "x", "input": {"Toán": "8", "Toán": "9"}}', "Case x: 'Toán' stands twice"),
        ('{"id": "x", "input": {"To\\u00e1n": "8", "Toa\\u0301n": "9"}}', "a name stands twice"),
    ],
    ids=lambda value: value[:30],
)
def test_a_broken_case_says_what_is_wrong_and_stops_no_other(results, bad, says):
    first, broken, last = results(f"[{json.dumps(GOOD)}, {bad}, {json.dumps({**GOOD, 'id': 'last'})}]")
    assert says in broken["error"]
    assert broken.keys() == {"id", "error"}
    assert first["result"] == last["result"] == {"conduct": "Tốt"}


def test_brackets_inside_a_text_are_not_nesting(results):
    (answer,) = results([{**GOOD, "id": '"[{' * 50}])
    assert answer["result"] == {"conduct": "Tốt"}


@pytest.mark.parametrize(
    ("document", "says"),
    [
        (b"", "not JSON"),
        (b"[1, 2", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b'{"results": []}', "nor a list of cases"),
        (b'{"cases": {}}', "nor a list of cases"),
        (b"3", "nor a list of cases"),
        ("[]".encode("utf-16"), "not UTF-8"),
        (b'["T\xd4t"]', "not UTF-8"),
    ],
    ids=lambda value: value[:10],
)
def test_a_file_without_cases_is_refused_in_one_sentence(tmp_path, document, says):
    (tmp_path / "cases.json").write_bytes(document)
    with pytest.raises(CommandError, match=says) as refused:
        assess(tmp_path / "cases.json")
    assert refused.value.returncode == 1
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("name", ["", "nowhere.json"])
def test_a_file_that_cannot_be_read_is_named(tmp_path, name):
    with pytest.raises(CommandError, match="cannot be read"):
        assess(tmp_path / name)


def test_no_cases_make_an_empty_report_and_a_byte_order_mark_is_no_fault(tmp_path):
    (tmp_path / "cases.json").write_text('{"cases": []}', encoding="utf-8-sig")
    assert assess(tmp_path / "cases.json") == []


def ten(scheme):
    """A pupil whose level depends on the reading of Điều 9 khoản 3."""
    case = next(case for case in json.loads(GOLDEN.read_bytes())["cases"] if case["id"] == "TT22-HT-10")
    return {**case, "scheme": scheme}


@pytest.mark.parametrize(
    ("scheme", "options", "level"),
    [
        ("TT22", [], "Khá"),
        ("TT22", ["adjustment=removal"], "Đạt"),
        ("TT22", ["adjustment=removal", "adjustment=replacement"], "Khá"),
        ("TT22+removal", ["adjustment=replacement"], "Đạt"),
        ("TT22+removal", ["comment_subjects_adjust=false"], "Đạt"),
        ("TT22", ["zero_in_primary=true"], "Khá"),
    ],
)
def test_a_choice_holds_for_all_cases_but_those_that_name_theirs(results, scheme, options, level):
    (answer,) = results([ten(scheme)], *(f"--option={option}" for option in options))
    assert answer["result"]["level"] == level


@pytest.mark.parametrize("option", ["", "adjustment", "adjustment=", "adjustment=true", "rounding=up"])
def test_an_unknown_choice_is_refused_with_the_possible_ones(option):
    with pytest.raises(CommandError) as refused:
        assess(GOLDEN, f"--option={option}")
    assert "adjustment=replacement|removal" in str(refused.value)
    assert "year_end_titles=true|false" in str(refused.value)


def test_the_help_lists_the_kinds_and_the_choices(capsys):
    with pytest.raises(SystemExit):
        call_command("assess", "--help")
    text = "".join(capsys.readouterr().out.split())
    for word in (*evaluate_options.POSSIBLE, *(kind for kinds in KINDS_BY_NAME.values() for kind in kinds)):
        assert word in text


@pytest.mark.slow
def test_it_reads_standard_input_writes_utf8_and_needs_no_database():
    environment = clean_environment(
        PORTAL_DATABASE_URL="postgresql://nobody@127.0.0.1:1/none", PYTHONIOENCODING="ascii", LANG="C"
    )
    run = subprocess.run(
        [sys.executable, "manage.py", "assess", "-"],
        cwd=ROOT,
        env=environment,
        input=json.dumps([GOOD, {"id": "\ud800Đ"}]).encode(),
        capture_output=True,
    )
    assert run.returncode == 0, run.stderr
    good, broken = json.loads(run.stdout.decode("utf-8"))["results"]
    assert good["result"] == {"conduct": "Tốt"}
    assert broken["id"] == "\ud800Đ"
    assert "'scheme' is missing" in broken["error"]


_leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=5),
    st.sampled_from(["8.5", "Đ", "CĐ", "Tốt", "Yếu", "awaiting_make_up", "zero_for_absence", "9", "0", ""]),
)
_names = st.sampled_from(["Toán", "Ngữ văn", "Tin học", "GDTC", "tx", "gk", "ck", "x"])
_values = st.recursive(
    _leaves, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_names, inner, max_size=3))
)
_inputs = json.loads(GOLDEN.read_bytes())["cases"]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(_inputs), st.data())
def test_whatever_stands_in_an_input_the_report_has_a_result_or_an_error(case, data):
    name = data.draw(st.sampled_from(sorted(case["input"])))
    changed = {**case, "input": {**case["input"], name: data.draw(_values)}}
    (answer,) = report([changed], {})["results"]
    assert ("error" in answer) != ("result" in answer)
    assert json.dumps(answer, allow_nan=False)


def test_every_kind_of_every_circular_answers_nothing_with_a_sentence():
    cases = [
        {"id": f"{scheme} {kind}", "scheme": scheme, "kind": kind, "input": {}}
        for scheme, kinds in KINDS_BY_NAME.items()
        for kind in kinds
    ]
    for answer in report(cases, {})["results"]:
        assert answer.get("missing") or answer["error"].startswith(f"Case {answer['id']}: ")


def test_the_golden_file_has_no_kind_that_is_not_listed():
    listed = {kind for kinds in KINDS_BY_NAME.values() for kind in kinds}
    assert {case["kind"] for case in _inputs} <= listed

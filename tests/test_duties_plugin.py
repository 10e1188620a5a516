"""The plugin is tried on small test files of its own: a proof is worth what these refuse."""

import pytest

from tests.regulations.duties import duties

CORE = sum(duty.is_core for duty in duties().values())

PROCESSES = pytest.mark.parametrize("processes", ["0", "2"], ids=["one process", "two workers"])


@pytest.fixture
def run(pytester, monkeypatch):
    """Runs a test file with the plugin, in this process or with xdist workers."""
    pytester.makeini("[pytest]\nmarkers =\n    duty(*identifiers): proves duties\n")

    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # nothing of Django, and much faster

    def run(source: str, *options: str, processes: str = "0") -> pytest.RunResult:
        pytester.makepyfile("import pytest\n" + source)
        workers = () if processes == "0" else ("-p", "xdist", "-n", processes)
        return pytester.runpytest("-p", "tests.duties_plugin", *workers, *options)

    return run


def line_of(result: pytest.RunResult, identifier: str) -> str:
    [line] = [line for line in result.outlines if line.startswith(f"{identifier}  ")]
    return line


def proved(result: pytest.RunResult) -> list[str]:
    return [line.split()[0] for line in result.outlines if line.split()[1:2] == ["proved"]]


@PROCESSES
def test_a_test_that_passed_proves_its_duties(run, processes):
    result = run(
        """
@pytest.mark.duty("S0-01", "S4-42")
def test_regulation(): pass
def test_without_a_duty(): pass
""",
        "--duties",
        processes=processes,
    )

    result.assert_outcomes(passed=2)
    assert proved(result) == ["S0-01", "S4-42"]
    assert (
        f"       passed  {'test_a_test_that_passed_proves_its_duties.py::test_regulation'}" in result.outlines
    )
    assert result.outlines[-1] == f"core duties proved: 2 of {CORE}"


def test_the_cases_of_one_test_are_named_once(run):
    result = run(
        """
@pytest.mark.duty("S0-01")
@pytest.mark.parametrize("grade", [1, 2])
def test_grade(grade): pass
""",
        "--duties",
    )

    assert [line for line in result.outlines if line.startswith("       passed")] == [
        "       passed  test_the_cases_of_one_test_are_named_once.py::test_grade"
    ]


@PROCESSES
def test_a_test_that_failed_is_no_proof_and_undoes_one(run, processes):
    result = run(
        """
@pytest.mark.duty("S0-01")
def test_good(): pass
@pytest.mark.duty("S0-01", "S0-02")
def test_bad(): assert False
""",
        "--duties",
        processes=processes,
    )

    result.assert_outcomes(passed=1, failed=1)
    assert proved(result) == []
    assert "       failed  test_a_test_that_failed_is_no_proof_and_undoes_one.py::test_bad" in result.outlines
    assert result.outlines[-1] == f"core duties proved: 0 of {CORE}"


@pytest.mark.parametrize("phase", ["before", "after"])
def test_a_test_that_broke_before_or_after_is_no_proof(run, phase):
    result = run(
        f"""
@pytest.fixture
def broken():
    assert "{phase}" != "before"
    yield
    assert "{phase}" != "after"
@pytest.mark.duty("S0-01")
def test_in_between(broken): pass
""",
        "--duties",
    )

    assert result.parseoutcomes()["errors" if phase == "before" else "passed"] == 1
    assert proved(result) == []


@pytest.mark.parametrize(
    ("how", "processes"), [("skip", "0"), ("skip", "2"), ("xfail", "0"), ("skip in the test", "0")]
)
def test_a_test_that_was_only_skipped_is_no_proof(run, how, processes):
    mark, body = {
        "skip": ("skip(reason='no PostgreSQL')", "pass"),
        "xfail": ("xfail", "assert False"),
        "skip in the test": ("filterwarnings('default')", "pytest.skip('no PostgreSQL')"),
    }[how]
    result = run(
        f"""
@pytest.mark.duty("S0-01")
@pytest.mark.{mark}
def test_elsewhere(): {body}
""",
        "--duties",
        processes=processes,
    )

    assert proved(result) == []
    assert line_of(result, "S0-01").startswith("S0-01  not yet")
    assert (
        "       not passed  test_a_test_that_was_only_skipped_is_no_proof.py::test_elsewhere"
        in result.outlines
    )


def test_a_test_that_passed_although_it_was_expected_to_fail_is_no_proof(run):
    result = run(
        """
@pytest.mark.duty("S0-01")
@pytest.mark.xfail
def test_surprise(): pass
""",
        "--duties",
    )

    result.assert_outcomes(xpassed=1)
    assert proved(result) == []


def test_a_skipped_test_does_not_undo_the_proof_of_another(run):
    result = run(
        """
@pytest.mark.duty("S0-01")
def test_here(): pass
@pytest.mark.duty("S0-01")
@pytest.mark.skip
def test_elsewhere(): pass
""",
        "--duties",
    )

    assert proved(result) == ["S0-01"]


def test_collecting_or_deselecting_a_test_proves_nothing(run):
    source = """
@pytest.mark.duty("S0-01")
def test_regulation(): pass
def test_other(): pass
"""

    assert proved(run(source, "--duties", "--collect-only")) == []
    assert proved(run(source, "--duties", "-k", "other")) == []


def test_a_worker_that_dies_in_a_test_proves_nothing(run):
    result = run(
        """
import os
@pytest.mark.duty("S0-01")
def test_good(): pass
@pytest.mark.duty("S0-01")
def test_crash(): os._exit(1)
""",
        "--duties",
        processes="2",
    )

    result.assert_outcomes(passed=1, failed=1)
    assert proved(result) == []


@PROCESSES
def test_an_unknown_identifier_is_a_collection_error(run, processes):
    result = run(
        """
class TestRegister:
    @pytest.mark.duty("S0-01", "S9-99")
    def test_register(self): pass
""",
        processes=processes,
    )

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(
        ["*::test_register: @pytest.mark.duty('S9-99') is not in tests/regulations/duties.toml"]
    )
    assert result.ret != pytest.ExitCode.OK


@pytest.mark.parametrize("arguments", ["", "identifier='S0-01'", "['S0-01']", "1"])
def test_a_marker_without_plain_identifiers_is_a_collection_error(run, arguments):
    result = run(
        f"""
@pytest.mark.duty({arguments})
def test_register(): pass
"""
    )

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*::test_register: @pytest.mark.duty*"])


def test_without_the_option_nothing_is_printed(run):
    result = run(
        """
@pytest.mark.duty("S0-01")
def test_regulation(): pass
"""
    )

    result.assert_outcomes(passed=1)
    result.stdout.no_fnmatch_line("*core duties*")


def test_the_last_line_stays_last_in_quiet_and_verbose_runs(run):
    for option in ("-q", "-qq", "-vv"):
        result = run("def test_it(): pass", "--duties", option)
        assert result.outlines[-1] == f"core duties proved: 0 of {CORE}"

"""Proves the duties of the five regulations by the tests that really ran.

A test names the duties it proves with `@pytest.mark.duty("S0-01")`. An identifier that the table does not
know is a collection error. `--duties` prints, after the run, which duties are proved. The proof travels in
each test report, so it is the same whether one process runs the tests or several (pytest-xdist).
"""

from collections import defaultdict
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field

import pytest

from tests.regulations.duties import Duty, duties, regulations

PROPERTY = "duty"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.getgroup("duties").addoption(
        "--duties",
        action="store_true",
        help="after the run, print which duties of the regulations are proved",
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("duties"):
        config.pluginmanager.register(DutiesReport(config))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    complaints = [
        complaint
        for node in report.result
        if isinstance(node, pytest.Item)
        for complaint in _complaints(node)
    ]
    if complaints:
        return pytest.CollectReport(collector.nodeid, "failed", "\n".join(complaints), [])
    return report


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> None:
    item.user_properties += [(PROPERTY, identifier) for identifier in _identifiers(item)]


def _identifiers(item: pytest.Item) -> list[str]:
    return [identifier for marker in item.iter_markers("duty") for identifier in marker.args]


def _complaints(item: pytest.Item) -> Iterator[str]:
    for marker in item.iter_markers("duty"):
        if not marker.args or marker.kwargs:
            yield f"{item.nodeid}: @pytest.mark.duty takes identifiers, such as @pytest.mark.duty('S0-01')"
    for identifier in _identifiers(item):
        if str(identifier) not in duties():
            yield f"{item.nodeid}: @pytest.mark.duty({identifier!r}) is not in tests/regulations/duties.toml"


@dataclass
class Outcome:
    """What the reports of one test (setup, call, teardown) say together."""

    identifiers: set[str] = field(default_factory=set)
    called: bool = False
    failed: bool = False

    def add(self, report: pytest.TestReport) -> None:
        self.identifiers |= {str(value) for name, value in report.user_properties if name == PROPERTY}
        self.failed |= report.failed
        # A test that was expected to fail proves nothing, whatever became of it.
        self.called |= report.when == "call" and report.passed and not hasattr(report, "wasxfail")

    @property
    def word(self) -> str:
        if self.failed:
            return "failed"
        return "passed" if self.called else "not passed"


class DutiesReport:
    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.outcomes: dict[str, Outcome] = defaultdict(Outcome)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.outcomes[report.nodeid].add(report)

    @pytest.hookimpl(wrapper=True, tryfirst=True)  # around the terminal's own wrapper: after its summary
    def pytest_sessionfinish(self) -> Generator[None, object, object]:
        result = yield
        terminal = self.config.pluginmanager.get_plugin("terminalreporter")
        if terminal is not None:  # a worker of pytest-xdist has none
            terminal.write_sep("=", "duties")
            for line in self.lines():
                terminal.write_line(line)
        return result

    def lines(self) -> Iterator[str]:
        seed = ""
        for duty in duties().values():
            if duty.seed != seed:
                seed = duty.seed
                yield f"{seed}  {regulations()[seed]}"
            yield from self._lines_of(duty)
        core = [duty for duty in duties().values() if duty.is_core]
        yield f"core duties proved: {sum(map(self.is_proved, core))} of {len(core)}"

    def is_proved(self, duty: Duty) -> bool:
        words = set(self._words(duty).values())
        return "passed" in words and "failed" not in words

    def _lines_of(self, duty: Duty) -> Iterator[str]:
        is_proved = self.is_proved(duty)
        yield f"{duty.identifier}  {'proved' if is_proved else 'not yet':7}  {duty.kind:8}  {duty.text}"
        tests = {(word, nodeid.partition("[")[0]) for nodeid, word in self._words(duty).items()}
        for word, test in sorted(tests):
            if word == "passed" or not is_proved:
                yield f"       {word}  {test}"

    def _words(self, duty: Duty) -> dict[str, str]:
        return {
            nodeid: outcome.word
            for nodeid, outcome in self.outcomes.items()
            if duty.identifier in outcome.identifiers
        }

import os
from pathlib import Path

import pytest

from tests.journeys.browser import School, chromium, running_browser
from tests.journeys.portal import Portal, running_portal
from tests.running.conftest import unused_tcp_port

__all__ = ["unused_tcp_port"]

MODULES = Path(__file__).parents[2] / "static" / "js"
NOWHERE = "http://modules.example/"


def installed_chromium() -> str:
    executable = chromium()
    if executable is None:
        reason = "no Chromium: apt install chromium"
        if os.environ.get("PORTAL_REQUIRE_SERVICES") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return executable


@pytest.fixture
def browser():
    with running_browser(installed_chromium()) as browser:
        yield browser


@pytest.fixture(scope="module")
def ask():
    """Run an expression on the exports of one module that touches no page: only a browser and the modules."""
    with running_browser(installed_chromium()) as browser:
        page = browser.new_page()
        page.route(NOWHERE, lambda route: route.fulfill(body="<!DOCTYPE html>", content_type="text/html"))
        page.route(
            f"{NOWHERE}*.js",
            lambda route: route.fulfill(path=MODULES / route.request.url.rpartition("/")[2]),
        )
        page.goto(NOWHERE)

        def answer(module: str, expression: str, given: object = None) -> object:
            script = f"async (given) => {{ const m = await import('/{module}.js'); return {expression}; }}"
            return page.evaluate(script, given)

        yield answer


@pytest.fixture
def demonstration() -> list[str]:
    """Options of the school to play in; a journey may want another."""
    return []


@pytest.fixture
def founding() -> list[str]:
    """Options of `found_school`: for a journey that begins with nothing but a principal."""
    return []


@pytest.fixture
def portal(tmp_path, unused_tcp_port, templates, demonstration, founding):
    template = templates.blank() if founding else templates.school(demonstration)
    with running_portal(tmp_path / "data", unused_tcp_port, template, founding=founding) as portal:
        yield portal


@pytest.fixture
def school(browser, portal: Portal, tmp_path):
    return School.of(browser, portal.url, tmp_path / "pictures")

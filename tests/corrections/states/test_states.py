"""Any sequence of calls, at any hour: a locked value changes by an executed request and by nothing else.

In CI so many schools are lived through with a fixed seed. ``RECORD_STATES=deep`` lives through fifty times as many,
with another seed each time, and prints how to live through one again that failed.
"""

import os
import sys

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.corrections.states.dossiers import Dossiers
from tests.corrections.states.machine import Books
from tests.corrections.states.portal import crowd
from tests.gradebook.windows.clock import Clock

# What these calls ask of a database, other tests ask on both.
pytestmark = pytest.mark.one_database
DEEP = os.environ.get("RECORD_STATES") == "deep"
SCHOOLS = {Books: 22, Dossiers: 28}
patient = settings(deadline=None, suppress_health_check=list(HealthCheck), stateful_step_count=30)


@pytest.fixture
def crowded(cast, monkeypatch):
    Books.cast, Books.clock = crowd(cast), Clock(monkeypatch)


@pytest.mark.parametrize("machine", SCHOOLS)
def test_the_portal_says_what_people_did_whatever_they_call(crowded, machine):
    schools = SCHOOLS[machine] * (50 if DEEP else 1)
    sys.stdout.write(
        f"{schools} schools, {'deep' if DEEP else 'as in CI; RECORD_STATES=deep for fifty times as many'}\n"
    )

    how = {"print_blob": True} if DEEP else {"derandomize": True, "database": None}
    run_state_machine_as_test(machine, settings=settings(patient, max_examples=schools, **how))

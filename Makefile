# `make run` serves the portal with a demonstration school; `make test` passes the tests. Both set up first.
PORT ?= 8000
MOMENT ?= november
PYTHON := .venv/bin/python
UV := .venv/bin/uv
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard schoolrecords/locale/*/LC_MESSAGES/*.po))
COMPILE := $(UV) pip compile pyproject.toml --quiet --universal --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links

.PHONY: setup run test lint types bench duties golden axe messages lock clean
.DELETE_ON_ERROR:

setup: .venv/installed $(CATALOGUES)
	@.ci/system-packages

.venv/installed: requirements-dev.lock .ci/environment
	.ci/environment
	@touch $@

# Without gettext the portal speaks English; .ci/system-packages has said how to get it.
%.mo: %.po | .venv/installed
	@.ci/system-packages
	-msgfmt --check-format -o $@ $<

run: setup
	@$(PYTHON) manage.py serve --port $(PORT) --moment $(MOMENT)

test: setup
	@.ci/test $(ARGS)

lint: setup
	@.ci/lint

types: setup
	$(PYTHON) -m mypy . .ci/services.py

bench: setup
	@.ci/bench $(if $(ONLY),--only $(ONLY))

duties: setup
	@$(PYTHON) -m pytest -q -n 2 -m duty --duties $(ARGS)

# Pictures of printed pages as they look now: look at them before they are committed.
golden: setup
	@GOLDEN=renew $(PYTHON) -m pytest -q -n 0 tests/archive/golden/test_pictures.py

# Every page for everybody at both widths in both schemes, in November and in May; `make test` measures a part of it.
axe: setup
	AXE_SWEEP=all $(PYTHON) -m pytest -s tests/journeys $(ARGS)

messages: setup
	$(PYTHON) manage.py makemessages --locale vi --no-wrap --add-location file
	@$(MAKE) --no-print-directory setup

lock: setup
	$(COMPILE) -o requirements.lock
	$(COMPILE) --group dev -o requirements-dev.lock

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage* htmlcov
	find schoolrecords/locale -name '*.mo' -delete 2>/dev/null || true

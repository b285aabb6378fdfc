# Type `make` to see what there is. Python 3.11 or newer is all that is needed; uv is used where it is found.
PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/.installed
UV := $(shell command -v uv 2>/dev/null)
ONLY ?=
TRANSLATIONS := $(patsubst %.po,%.mo,$(wildcard templates/translations/*/LC_MESSAGES/messages.po))

.DEFAULT_GOAL := help
.PHONY: help install run phone test check soak bench lock clean

help:
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(INSTALLED) $(TRANSLATIONS) ## Packages of requirements.lock into .venv, each checked against its hash
	@:

%.mo: %.po | $(INSTALLED)
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

$(INSTALLED): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Python 3.11 or newer is needed, but '$(PYTHON)' is: $$($(PYTHON) --version 2>&1)." >&2; \
	  echo "Name another one, such as: make PYTHON=/usr/bin/python3.11 $(MAKECMDGOALS)" >&2; exit 1; }
	@echo "Installing the packages of requirements.lock into .venv ..."
ifdef UV
	@test -x $(BIN)/python || uv venv --quiet --no-python-downloads --python "$$(command -v $(PYTHON))" .venv
	@uv pip sync --quiet --require-hashes --python $(BIN)/python requirements.lock
else
	@test -x $(BIN)/pip || $(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }
	@$(BIN)/pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
endif
	@touch $@

run: install ## Web server and worker with a demo world; PORT=9000 moves it, Ctrl-C ends both
	@exec env DEMO=1 $(BIN)/flask --app app up

phone: install ## A telephone in the browser against a stand-in provider, with a demo of its own; FOLDER=var/phone keeps it
	@exec $(BIN)/python -m tests.standin $(FOLDER)

test: install ## The whole suite, on SQLite and a real PostgreSQL; ONLY=tests/claims for a part
	@$(BIN)/pytest -n 2 --dist loadgroup $(ONLY)

check: install ## Style, types, import contracts, lock freshness
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet || { echo "Not formatted: run .venv/bin/ruff format" >&2; exit 1; }
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/pytest --quiet --noconftest tests/architecture/test_lock.py

soak: install ## The races, kills, replays and random histories of the suite at full figures
	@SOAK=1 $(BIN)/pytest -n 2 --dist loadgroup $(ONLY)

bench: install ## The speed and scale tables; ONLY=intake for one of them
	@$(BIN)/python -m bench $(ONLY)

lock: ## Write requirements.lock anew from pyproject.toml (needs uv)
	@command -v uv >/dev/null || { echo "make lock needs uv: pip install uv" >&2; exit 1; }
	@uv pip compile pyproject.toml --quiet --extra dev --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-header -o requirements.lock

clean: ## Away with .venv, var and every cache
	@rm -rf .venv var .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# What people do with this project. Everything is set up in .venv; nothing else is touched.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
PORT ?= 8080
FUZZ_EXAMPLES ?= 100

.PHONY: help run test fuzz check bench setup setup-dev format clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: setup ## Start the sandbox on http://127.0.0.1:8080 (PORT=… for another port)
	@$(BIN)/haymarket sandbox --port $(PORT)

setup: $(VENV)/.ready ## Prepare .venv with the command haymarket

setup-dev: $(VENV)/.ready-dev

test: setup-dev ## Run every test, on SQLite and on a real PostgreSQL
	@$(BIN)/python -m pytest -q -n auto --dist loadfile $(TESTS)

fuzz: setup-dev ## Send made-up requests to a sandbox for a while (FUZZ_EXAMPLES=… for longer)
	@FUZZ_EXAMPLES=$(FUZZ_EXAMPLES) $(BIN)/python -m pytest -q --timeout 7200 tests/contract/test_fuzz.py

check: setup-dev ## Format, lint, types and architecture, as CI does
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: setup-dev ## Format the code
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: setup-dev ## Measure against a bare server that sends the same bytes (needs wrk)
	@$(BIN)/python -m bench

clean: ## Remove what was set up and what the sandbox keeps
	@rm -rf $(VENV) .bench haymarket-sandbox

$(VENV)/bin/python:
	@command -v $(PYTHON) >/dev/null || { echo "make: $(PYTHON) is missing; install Python 3.11 or newer"; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "make: $(PYTHON) is older than 3.11; name another one: make PYTHON=python3.11"; exit 2; }
	@echo "Setting up $(VENV) (once, about a minute)"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.ready: $(VENV)/bin/python requirements.lock pyproject.toml
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready requirements-dev.lock
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

# One way to do things. `make` alone says what there is.
#
# What a target needs is set up first and then left alone until its sources change, so the second
# run of anything is quick. Packages come through pip (or uv) and npm as this machine has set them up.

SHELL := /bin/bash
.DEFAULT_GOAL := help
VENV := .venv
BIN := $(VENV)/bin
NODE := node_modules/.installed
DIST := src/senhong/web/static/web/dist
FRONT := $(shell find frontend -type f 2>/dev/null) $(wildcard vite.config.* tsconfig*.json) \
	src/senhong/sync/templates/sync/shell.html src/senhong/sync/views/shell.py
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/*.po))
# The first Python on the path that is new enough.
PYTHON = $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
# The environment's own once it is there: quicker than looking for one.
ANY_PYTHON = $(if $(wildcard $(BIN)/python),$(BIN)/python,$(PYTHON))
PYTEST := $(BIN)/python -m pytest -m 'not journey'

.PHONY: help run dev check test test-fast test-sqlite test-pg test-front test-pythons journeys \
	docs fix messages messages-check generated lock bench screenshots setup setup-dev machine port clean

help: ## what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 18

# ── set-up ──────────────────────────────────────────────────────────────────────────────────────

setup: $(VENV)/.run $(DIST)/.built $(CATALOGUES) ## .venv, front end and catalogues, as far as they are missing

setup-dev: $(VENV)/.dev $(DIST)/.built $(CATALOGUES) ## the same, with what tests and checks need

$(VENV)/.run: requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed (python3 on the path)."; exit 1; }
	@$(PYTHON) tools/environment.py $(VENV) requirements.lock
	@touch $@

$(VENV)/.dev: requirements-dev.lock requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed (python3 on the path)."; exit 1; }
	@$(PYTHON) tools/environment.py $(VENV) requirements-dev.lock
	@touch $@ $(VENV)/.run

$(NODE): package-lock.json package.json
	@command -v npm >/dev/null || { echo "Node 20 or newer is needed (node and npm on the path)."; exit 1; }
	@echo "Installing the front end's packages (package-lock.json)…"
	@npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(DIST)/.built: $(NODE) $(FRONT)
	@echo "Building the front end…"
	@npm run build --silent
	@touch $@

%.mo: %.po tools/messages.py | $(VENV)/.run
	@$(BIN)/python -m tools.messages compile $<

# ── every day ───────────────────────────────────────────────────────────────────────────────────

port:
	@$(or $(ANY_PYTHON),true) src/senhong/config/port.py

run: port setup ## set up what is missing, then serve (HOST, PORT, SENHONG_HOME, DATABASE_URL, DEMO)
	@exec $(BIN)/senhong serve

dev: port setup-dev ## the same with watchers: what you save is what you see
	@exec $(BIN)/python -m tools.dev

check: setup-dev ## everything a tool can judge
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	npm run check --silent
	$(BIN)/senhong check --fail-level WARNING
	$(BIN)/senhong makemigrations --check --dry-run
	$(BIN)/python -m tools.messages check
	$(BIN)/python -m tools.generate --check
	$(BIN)/sphinx-build -W --keep-going -q -b html docs docs/_build/html

fix: setup-dev ## everything a tool can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/djhtml --tabwidth 2 src
	npm run fix --silent
	$(BIN)/python -m tools.generate

test: machine check test-sqlite test-pg test-front journeys test-pythons ## everything that this machine can run
	@echo "All passed."

test-fast: setup-dev ## pytest on SQLite
	$(PYTEST) -n 2

test-sqlite: setup-dev
	env -u DATABASE_URL $(PYTEST) -n 2

test-pg: setup-dev ## pytest on a PostgreSQL of its own
	$(BIN)/python -m tools.with_postgres $(PYTEST) -n 2

test-front: $(NODE) ## vitest
	npm test --silent

test-pythons: setup-dev ## pytest on SQLite with every other Python ≥ 3.11 that is here
	$(BIN)/python -m tools.other_pythons

journeys: setup-dev ## ways of a person through the product, in a real browser
	$(BIN)/python -m pytest -m journey tests/journeys

docs: setup-dev ## the documentation, into docs/_build/html
	$(BIN)/sphinx-build -W --keep-going -b html docs docs/_build/html

messages: setup-dev ## take new texts into the catalogues
	$(BIN)/python -m tools.messages update

messages-check: setup-dev ## the release gate: every text has its English
	$(BIN)/python -m tools.messages check --complete

generated: setup-dev ## write the generated pages of docs/reference and the front end's types anew
	$(BIN)/python -m tools.generate

bench: setup-dev ## measure, into docs/benchmarks.md
	$(BIN)/python -m bench

screenshots: setup-dev ## pictures of the running demo, into docs/images
	$(BIN)/python -m tools.screenshots

lock: ## resolve the dependencies anew (needs uv)
	@tools/lock

machine: ## what tests need from the system: PostgreSQL, Chromium, gettext
	@$(ANY_PYTHON) -m tools.machine

clean: ## remove what was built and installed, never var/
	rm -rf $(VENV) .venv-* node_modules $(DIST) docs/_build locale/*/LC_MESSAGES/*.mo

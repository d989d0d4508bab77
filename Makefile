# Everything this project can be asked to do. `make` alone lists it; there is no other way to run, test, lint or measure.
#
#   make run PORT=9000             another port
#   make test PYTHON=python3.12    another Python (for the first set-up; `make clean` forgets it)
#   make test TESTS=tests/nncore   only some of the tests
#   make test WORKERS=1            one after the other, to see what is printed
#   make margins LAB=downhill     of one lab
#   make atlas ATLAS="--workers 8" with what `neuron-playground study` takes

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

HOST ?= 127.0.0.1
PORT ?= 8000
TESTS ?=
WORKERS ?= logical

VENV := .venv
PY := $(VENV)/bin/python
# Set-up leaves one mark for what running needs and one for what developing needs: each is redone only when
# what is asked for or what is pinned has changed.
RUN_READY := $(VENV)/ready-to-run
DEV_READY := $(VENV)/ready-to-develop
NODE_READY := node_modules/ready-to-lint
# Workers take tests from each other's end, so that both are busy to the last.
IN_PARALLEL = $(if $(filter-out 1,$(WORKERS)),--numprocesses $(WORKERS) --dist worksteal)
# Schemathesis takes a second to load in every worker, for one test that is slow.
QUICK := -m "not slow" --ignore tests/browser --ignore tests/live/test_http.py -p no:schemathesis
WITH_NODE := $(PY) assets/node.py

# Pins hold for what pip builds with, too; older pips read the first name, newer ones the second.
export PIP_CONSTRAINT := $(CURDIR)/constraints.txt
export PIP_BUILD_CONSTRAINT := $(CURDIR)/constraints.txt
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore
# Tests start hundreds of Pythons: where the machine asks for no compiled files, each would compile all of ours again.
unexport PYTHONDONTWRITEBYTECODE

# A command may be on PATH and still not run (version managers leave such shims), so each candidate is tried.
PYTHON ?=
CANDIDATES := $(or $(PYTHON),python3 python3.14 python3.13 python3.12 python3.11 python)
FIND_PYTHON = for python in $(CANDIDATES); do \
	"$$python" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && break; \
	python=; done; \
	if [ -z "$$python" ]; then \
	echo "Python 3.11 or newer with its venv module is needed, and none of these is one: $(CANDIDATES)." \
	"Name yours with PYTHON=..." >&2; exit 1; fi

.PHONY: help
help: ## List these targets.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

.PHONY: run
run: $(RUN_READY) ## Set up what running needs, start the server and print its address (HOST, PORT).
	@exec $(VENV)/bin/neuron-playground serve --host $(HOST) --port $(PORT)

.PHONY: test
test: $(DEV_READY) ## Set up everything and run every test, those in a real browser included (TESTS, WORKERS).
	@$(PY) tests/browser/chromium.py || true
	@$(MAKE) --no-print-directory $(NODE_READY) || true
	@$(PY) -m pytest $(IN_PARALLEL) $(TESTS)

.PHONY: check
check: $(DEV_READY) $(NODE_READY) ## The quick check before a commit: style, types, and every test that needs no browser.
	@$(VENV)/bin/ruff check . && $(VENV)/bin/ruff format --check . && $(VENV)/bin/mypy
	@$(PY) -m pytest $(IN_PARALLEL) $(QUICK) $(TESTS)

.PHONY: test-ray
test-ray: $(DEV_READY) ## Install Ray and run a study on it, on a cluster of two nodes on this machine.
	@$(PY) -m pip install --quiet --editable '.[ray]'
	@$(PY) -m pytest tests/app/engines/test_ray.py

.PHONY: coverage
coverage: $(DEV_READY) ## Run every test that needs no browser, and print what no test runs; less than the floor is an error.
	@$(PY) -m pytest $(IN_PARALLEL) --ignore tests/browser --cov --cov-report=term-missing:skip-covered

.PHONY: lint
lint: $(DEV_READY) $(NODE_READY) ## Check layout, types and habits of the Python, the JavaScript and the Dockerfile, and the spelling.
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/codespell
	$(VENV)/bin/hadolint Dockerfile
	$(WITH_NODE) node_modules/.bin/tsc --project tsconfig.json
	$(WITH_NODE) node_modules/.bin/biome check --error-on-warnings

.PHONY: bench
bench: $(DEV_READY) ## Measure the speed of training, frames and the live connection, and print the figures (SAVE=1 keeps them).
	@$(PY) tests/bench/run.py $(if $(SAVE),--save)

.PHONY: bench-live
bench-live: $(DEV_READY) ## Measure how many live sessions a core holds, with real clients on loopback (SAVE=1 keeps the figures).
	@$(PY) tests/bench/live.py $(if $(SAVE),--save)

.PHONY: bench-page
bench-page: $(DEV_READY) $(NODE_READY) ## Measure what a first visit and each later panel weigh and take, in a real browser (SAVE=1 keeps the figures; TENSORFLOW_PLAYGROUND=FOLDER).
	@$(PY) tests/bench/page.py $(if $(SAVE),--save)

.PHONY: soak
soak: $(DEV_READY) ## Hold a small class on the server for half an hour, with faults (MINUTES, SAVE=1 keeps the figures).
	@$(PY) -m tests.live.soak $(or $(MINUTES),30) $(if $(SAVE),--save)

.PHONY: known
known: $(DEV_READY) ## Measure what each kind of neuron learns, over 20 seeds each, and print the page (SAVE=1 keeps it).
	@$(PY) -m tests.nncore.known $(if $(SAVE),--save)

.PHONY: margins
margins: $(DEV_READY) ## Measure how often other seeds would break each bound of the labs' claims (LAB=name, SEEDS=400).
	@$(PY) -m tests.app.lessons.margins $(LAB) $(if $(SEEDS),--seeds $(SEEDS))

# Stopped at any time, it goes on from there the next time.
ATLAS_FOLDER := build/atlas$(if $(SMALL),-small)
ATLAS_ASKED := $(if $(SMALL),--small)

.PHONY: atlas
atlas: $(DEV_READY) ## Train the atlas' runs that are not shipped yet (stop it, and it goes on), and take rows and tables in (SMALL=1: a few, apart).
	@line="$$($(PY) -m docs.make_atlas $(ATLAS_FOLDER) --begin $(ATLAS_ASKED))" && $(VENV)/bin/neuron-playground $$line $(ATLAS)
	@$(PY) -m docs.make_atlas $(ATLAS_FOLDER) $(ATLAS_ASKED)
	@line="$$($(PY) -m docs.make_atlas $(ATLAS_FOLDER)-forests --begin --forests $(ATLAS_ASKED))" && $(VENV)/bin/neuron-playground $$line $(ATLAS)
	@$(PY) -m docs.make_atlas $(ATLAS_FOLDER)-forests --forests $(ATLAS_ASKED)

.PHONY: screenshots
screenshots: $(DEV_READY) ## Take pictures of the page in every state, window, theme and language, for looking at (ONLY=lens-dark).
	@$(PY) -m tests.browser.screenshots $(ONLY)

.PHONY: reference
reference: $(RUN_READY) ## Write the reference pages that are made from the code.
	@$(PY) -m docs.make_reference

.PHONY: assets
assets: $(DEV_READY) $(NODE_READY) ## Make what an installed copy serves of the page into build/assets (NEURON_PLAYGROUND_ASSETS=build/assets make run).
	@$(PY) -c 'import hatch_build; hatch_build.build()'

.PHONY: wheel
wheel: $(DEV_READY) ## Build the wheel and the source archive into dist/.
	@$(PY) -m build --no-isolation --outdir dist

.PHONY: setup
setup: $(DEV_READY) $(NODE_READY) ## Set up everything that developing needs, and do nothing else.

.PHONY: clean
clean: ## Remove everything that set-up, tests and builds have made.
	@rm -rf $(VENV) node_modules build dist test-artifacts .mypy_cache .pytest_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(PY):
	@$(FIND_PYTHON); echo "Setting up in $(VENV), once" && "$$python" -m venv $(VENV)

$(RUN_READY): pyproject.toml constraints.txt | $(PY)
	@echo "Installing what running needs"
	@$(PY) -m pip install --quiet --editable .
	@touch $@

$(DEV_READY): pyproject.toml constraints.txt | $(PY)
	@echo "Installing what developing needs"
	@$(PY) -m pip install --quiet --editable '.[dev]'
	@touch $@ $(RUN_READY)

$(NODE_READY): package.json package-lock.json .npmrc | $(DEV_READY)
	@echo "Installing what linting the JavaScript needs"
	@$(WITH_NODE) npm ci --silent
	@touch $@

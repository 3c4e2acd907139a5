# make serve   installs and runs Policy Tracker          make test    installs what tests need and runs all tests
# make check   style, types, imports, migrations, wheel  make soak    the long runs
# make bench   benchmarks                                make format  formats the code
# Nothing asks a question; everything may be run twice. PYTHON names the interpreter to build .venv with, ARGS is passed on.

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?=
ARGS ?=
UPGRADE ?=
# Two processes. Each begins at one end of the half that it was given, so that tests of one file stay
# together and share what they set up; the one that is done first takes from the end of the other's.
PYTEST := $(BIN)/pytest -n 2 --dist worksteal --durations 10 --durations-min 5

# The installer asks nothing, and fetches no interpreter.
export UV_PYTHON_DOWNLOADS := never
export UV_NO_PROGRESS := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1
# Byte code is made once, and kept: containers often switch that off, and then every start of the
# program, of which the tests make hundreds, compiles all of it and all libraries anew.
export PYTHONDONTWRITEBYTECODE :=
INSTALL := $(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python

RUNTIME := $(VENV)/.runtime-installed $(VENV)/.project-installed
DEV := $(VENV)/.dev-installed $(VENV)/.project-installed

.DEFAULT_GOAL := help
.PHONY: help serve install test tools check lint types imports migrations wheel soak bench format pin clean
.DELETE_ON_ERROR:

help:
	@sed -n 's/^# \{0,1\}//; 1,4p' Makefile

# --- Installation: each stamp is newer than what it was made from, so a second run does nothing.

# An environment whose Python is gone, or that was made for another folder, is made anew.
MADE_FOR := $(VENV)/.bootstrap-installed
$(shell if test -e $(MADE_FOR); then test -x $(BIN)/python && test "$$(cat $(MADE_FOR))" = "$(CURDIR)" || rm -rf $(VENV); fi)

$(BIN)/python:
	@sh scripts/create_venv.sh $(VENV) $(PYTHON)

$(VENV)/.bootstrap-installed: requirements/bootstrap.txt | $(BIN)/python
	@echo "Installing the installer."
	@$(BIN)/python -m pip install --quiet --require-hashes -r $<
	@echo "$(CURDIR)" > $@

$(VENV)/.runtime-installed: requirements/runtime.txt $(VENV)/.bootstrap-installed
	@echo "Installing what Policy Tracker needs."
	@$(INSTALL) --require-hashes -r $<
	@touch $@

$(VENV)/.dev-installed: requirements/dev.txt $(VENV)/.bootstrap-installed
	@echo "Installing what tests and checks need."
	@$(INSTALL) --require-hashes -r $<
	@touch $@ $(VENV)/.runtime-installed

$(VENV)/.project-installed: pyproject.toml policy_tracker/__init__.py $(VENV)/.bootstrap-installed
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

install: $(RUNTIME)

# --- Use

serve: $(RUNTIME)
	@$(BIN)/policy-tracker serve $(ARGS)

# --- Tests

tools: $(DEV)
	@$(BIN)/python -m scripts.ensure_chromium
	@$(BIN)/python -m scripts.ensure_postgres

test: tools
	$(PYTEST) $(ARGS)

# The long runs: what is marked soak, and every property test with many more examples, new ones each time.
soak: tools
	HYPOTHESIS_PROFILE=soak $(PYTEST) -m "soak or hypothesis" --timeout 3600 $(ARGS)

bench: $(DEV)
	$(BIN)/python -m benchmarks $(ARGS)

# --- Checks

check: lint types imports migrations wheel

lint: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(DEV)
	$(BIN)/ty check

imports: $(DEV)
	$(BIN)/lint-imports --no-logo --no-cache

migrations: $(DEV)
	@$(BIN)/python -m scripts.ensure_postgres
	$(BIN)/python -m scripts.check_migrations

wheel: $(DEV)
	$(BIN)/python -m scripts.check_wheel

# --- Care

format: $(DEV)
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

pin: $(VENV)/.bootstrap-installed
	UPGRADE="$(UPGRADE)" scripts/pin_requirements.sh

clean:
	rm -rf $(VENV) .cache .hypothesis .pytest_cache .ruff_cache .import_linter_cache build dist

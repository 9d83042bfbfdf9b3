# Everything a newcomer, an editor or a maintainer does here; `make help` lists it.
# ARGS goes on to the command: make demo ARGS=--no-browser, make test ARGS=tests/digest.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
PYTHON    ?= python3
PORT      ?= 8765
JOBS      ?= 2
PREFIX    ?= /opt/jianbao
VENV      := .venv
BIN       := $(VENV)/bin
DEMO      := $(VENV)/.demo
READY     := $(VENV)/.ready
BENCH     := $(VENV)/.bench
TOOLS     := $(VENV)/tools
INSTALL   := $(BIN)/python -m pip install --quiet --no-compile --no-deps
LOCK      := uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
             --no-emit-index-url --no-annotate --no-header
AS_TESTED := --constraints requirements-dev.lock
define NEEDS_PYTHON
@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Jianbao needs Python 3.11 or newer, and $(PYTHON) is not that." \
		     "Name another: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) has no venv module; on Debian and Ubuntu: apt install python3-venv"; exit 1; }
endef
# Which Python it is: an environment that another one made is spoilt by this one.
BASE := import sys; print(sys.base_prefix, *sys.version_info[:2])
define NEEDS_SAME_PYTHON
@[ ! -e "$(PREFIX)/pyvenv.cfg" ] || \
		[ "$$("$(PREFIX)/bin/python" -c '$(BASE)' 2>/dev/null)" = "$$($(PYTHON) -c '$(BASE)')" ] || { \
		echo "$(PREFIX) was made with another Python than $(PYTHON). It holds the program alone:" \
		"remove it first (rm -r $(PREFIX)), or name another folder or the other Python"; exit 1; }
endef
# Says why other users cannot run what was installed: a folder on the way to it, or to its Python, is shut to them.
SHUT := import os, sys; from pathlib import Path; \
	found = (Path(sys.executable), Path(sys.executable).resolve()); \
	shut = [str(on) for one in found for on in (one, *one.parents) if not on.stat().st_mode & 1]; \
	shut and print(f"Only its owner can run it, for {shut[-1]} is shut to other users. For a user of its own,", \
	f"remove {sys.prefix} and name a Python and a folder that all may read: make install PYTHON=/usr/bin/python3 PREFIX=/opt/jianbao")
export PIP_DISABLE_PIP_VERSION_CHECK := 1
unexport PYTHONDONTWRITEBYTECODE  # where it is set, every process of the suite would compile all it imports

.PHONY: help demo install test nightly mutants bench check lint types floors format lock dist clean

help:  ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## */  make \1	/' | expand -t 16

demo: $(DEMO)  ## the bot and a stand-in for Telegram, in the browser (PORT=8765)
	@trap : INT; $(BIN)/jianbao demo --port $(PORT) $(ARGS) || [ $$? -eq 130 ]  # 130 is Ctrl-C

# What is there already is brought up to date, so that a download that fails leaves the old one whole.
install:  ## the bot for a server, each file checked by its hash (PREFIX=/opt/jianbao)
	$(NEEDS_PYTHON)
	@[ -z "$$(ls -A "$(PREFIX)" 2>/dev/null)" ] || [ -e "$(PREFIX)/pyvenv.cfg" ] || { \
		echo "$(PREFIX) holds something else. Name a folder of its own: make install PREFIX=/opt/jianbao"; exit 1; }
	$(NEEDS_SAME_PYTHON)
	@$(PYTHON) -m venv "$(PREFIX)"
	@"$(PREFIX)/bin/python" -m pip install --quiet --require-hashes --only-binary :all: \
		-r requirements.lock -r requirements-build.lock
	@"$(PREFIX)/bin/python" -m pip install --quiet --force-reinstall --no-deps --no-index --no-build-isolation .
	@"$(PREFIX)/bin/python" -m pip uninstall --quiet --yes -r requirements-build.lock
	@chmod -R go=u-w "$(PREFIX)"
	@echo "Installed: $(PREFIX)/bin/jianbao"
	@"$(PREFIX)/bin/python" -c '$(SHUT)'

test: $(READY)  ## the tests of the day (JOBS=2: so many at a time; ARGS=tests/chaos: a room; ARGS="-m nightly": the rest)
	@$(BIN)/python -m pytest -n $(JOBS) $(ARGS)

nightly: $(READY)  ## all tests, and larger: PostgreSQL, the whole bot, browsers, thousands of mutated issues
	@NIGHTLY=1 $(BIN)/python -m pytest -n $(JOBS) $(ARGS)

mutants: $(READY)  ## whether the tests find a fault in each central promise (ARGS=pacing: in some)
	@$(BIN)/python -m tests.mutants --jobs $(JOBS) $(ARGS)

bench: $(READY) $(BENCH)  ## how quick it is, beside other programs: half an hour (ARGS=--check: against the goals)
	@$(BIN)/python -m benchmarks $(ARGS)

check: lint types floors  ## lint, types, floors: each of them a target of its own

lint: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(READY)
	@$(BIN)/mypy

floors: $(READY)
	@$(BIN)/python -m pytest -q tests/test_floors.py

format: $(READY)  ## put the code in its one format
	@$(BIN)/ruff check --fix-only .
	@$(BIN)/ruff format .

lock:  ## pin every dependency anew (needs uv)
	$(LOCK) pyproject.toml --extra demo --extra fit --group dev -o requirements-dev.lock
	$(LOCK) $(AS_TESTED) pyproject.toml -o requirements.lock
	$(LOCK) $(AS_TESTED) pyproject.toml --extra demo --group editable -o requirements-demo.lock
	$(LOCK) $(AS_TESTED) --group build -o requirements-build.lock
	$(LOCK) --group bench --no-deps -o requirements-bench.lock
	$(LOCK) --group tools -o requirements-tools.lock

dist: $(READY) $(TOOLS)/.ready  ## wheel, source and bill of materials (CycloneDX) in dist/, to the byte the same wherever they are made
	@rm -rf dist && $(BIN)/python -m hatchling build -d dist
	@version=$$($(BIN)/python -m hatchling version) && \
	 sed "s/^dynamic = .*/version = \"$$version\"/" pyproject.toml > $(VENV)/.pyproject.toml && \
	 $(TOOLS)/bin/python -W ignore -m cyclonedx_py requirements requirements.lock --pyproject $(VENV)/.pyproject.toml \
		--output-reproducible --output-file dist/jianbao-$$version.cdx.json
	@cd dist && sha256sum jianbao-* | tee SHA256SUMS

clean:  ## remove the environment, caches and built packages; data/ stays
	rm -rf $(VENV) dist .hypothesis .mypy_cache .pytest_cache .ruff_cache

# The bot and its demo. Made from nothing whenever a lock is newer: what it no longer names must not linger.
# Not compiled: Python compiles what it imports, and the most of it is never imported.
$(DEMO): requirements-demo.lock requirements-dev.lock
	$(NEEDS_PYTHON)
	@echo "Making the environment in $(VENV): half a minute, only this once …"
	@$(PYTHON) -m venv --clear $(VENV)
	@$(INSTALL) --require-hashes -r $<
	@$(INSTALL) --no-build-isolation -e .
	@touch $@

# What tests and checks need, added to it, so that a demo which runs meanwhile keeps what it has.
$(READY): requirements-dev.lock $(DEMO)
	@echo "Adding what tests and checks need …"
	@$(INSTALL) --require-hashes -r $<
	@touch $@

# What the bot is measured against. Without what they need: it is here already, in newer versions.
$(BENCH): requirements-bench.lock $(READY)
	@$(INSTALL) --require-hashes -r $<
	@touch $@

# What checks the files that an operator starts from, and writes the bill of materials.
$(TOOLS)/.ready: requirements-tools.lock $(DEMO)
	@$(PYTHON) -m venv --clear $(TOOLS)
	@$(TOOLS)/bin/python -m pip install --quiet --no-compile --no-deps --require-hashes -r $<
	@touch $@

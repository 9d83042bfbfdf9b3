# Everything a newcomer, an editor or a maintainer does here. `make help` lists it.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
PORT   ?= 8765
UV_COMPILE := uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet

.PHONY: help demo test check format lock clean

help:  ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## */  make \1	/' | expand -t 16

demo: $(READY)  ## the bot and a stand-in for Telegram, in the browser (PORT=8765)
	@$(BIN)/jianbao demo --port $(PORT)

test: $(READY)  ## the whole test suite
	@$(BIN)/python -m pytest

check: $(READY)  ## lint, types, floors
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/python -m pytest -q tests/test_floors.py

format: $(READY)  ## put the code in its one format
	@$(BIN)/ruff check --fix-only .
	@$(BIN)/ruff format .

lock:  ## pin every dependency anew (needs uv)
	$(UV_COMPILE) --upgrade pyproject.toml -o requirements.lock
	$(UV_COMPILE) --upgrade --extra demo --group dev pyproject.toml -o requirements-dev.lock

clean:  ## remove the environment and what the demo wrote
	rm -rf $(VENV) demo dist

$(READY): requirements-dev.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Jianbao needs Python 3.11 or newer: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@echo "Making the environment in $(VENV) (once) …"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

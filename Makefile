# What one does here. Everything installs into .venv of this clone; the package index is all that is needed.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: demo test integration lint types bench conformance differential docs facts wheel clean

demo: $(VENV)/installed-sandbox
	$(BIN)/python examples/demo.py

test: $(VENV)/installed-test
	$(BIN)/python -m pytest

lint: $(VENV)/installed-lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/installed-test $(VENV)/installed-lint
	$(BIN)/mypy
	$(BIN)/mypy tests/typing

bench: $(VENV)/installed-bench
	$(BIN)/python -m bench

# Vectors of public suites; VECTORS is the folder of the runner, which is not part of this repository.
VECTORS ?= ../shared/conformance
conformance: $(VENV)/installed-test
	PYTHONPATH="$(CURDIR):$(VECTORS)" $(BIN)/python -m conformance --adapter tests.conformance.adapter -q \
	  --known tests/conformance/known.json

# Every operation of AWS beside boto3, or those of SERVICES="s3 iam".
differential: $(VENV)/installed-test
	$(BIN)/python -m tests.differential $(SERVICES)

docs: $(VENV)/installed-test
	$(BIN)/python -m pytest tests/unit/test_docs.py

facts: $(VENV)/installed-test
	$(BIN)/python -m tools.facts
	$(BIN)/python -m tools.stubs

wheel: $(VENV)/installed-lint
	rm -rf build dist
	$(BIN)/python -m build --wheel

clean:
	rm -rf $(VENV) build dist *.egg-info

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "boto needs Python 3.11 or newer; set PYTHON=")'
	$(PYTHON) -m venv $(VENV)

# One stamp for each extra, renewed when what it lists may have changed.
$(VENV)/installed-%: pyproject.toml | $(VENV)/bin/python
	$(PIP) install --editable '.[$*]'
	touch $@

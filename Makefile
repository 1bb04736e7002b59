# Two commands for a newcomer: `make demo` ends in the desk on the seed articles, `make test` runs the tests.
# Both set up a virtual environment in .venv first; they need Python 3.11 or newer with its venv, and make.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
ARGS ?=

.PHONY: demo test lint bench pictures clean

demo: $(VENV)/.installed
	$(VENV)/bin/workbench demo $(ARGS)

test: $(VENV)/.tools
	$(VENV)/bin/python -m pytest --numprocesses 2 --dist loadfile $(ARGS)

lint: $(VENV)/.tools
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports --no-cache

bench: $(VENV)/.tools
	$(VENV)/bin/python -m tests.bench

pictures: $(VENV)/.tools
	$(VENV)/bin/python -m tests.docs.pictures

# Older pips warn that lxml lacks an extra which it has under another spelling.
$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check 'pip>=23.3'
	$(VENV)/bin/python -m pip install --quiet --editable .
	touch $@

$(VENV)/.tools: $(VENV)/.installed
	$(VENV)/bin/python -m pip install --quiet --editable '.[dev]'
	touch $@

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

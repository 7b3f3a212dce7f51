# Two commands do everything: `make demo` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
SAMPLES := $(abspath ../shared/samples)
ifneq ($(wildcard $(SAMPLES)),)
export QUALNET_SAMPLES ?= $(SAMPLES)
endif

.PHONY: setup test lint clean

setup: .venv/ready

.venv/ready: setup.cfg constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[test]'
	touch $@

test: setup lint
	$(BIN)/pytest

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

clean:
	rm -rf .venv .qualnet outputs

# Two commands do everything: `make demo` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
WORKERS ?= auto
SAMPLES := $(abspath ../shared/samples)
ifneq ($(wildcard $(SAMPLES)),)
export QUALNET_SAMPLES ?= $(SAMPLES)
endif

.PHONY: demo test test-fast lint docs pictures setup programs clean

demo: setup
	$(BIN)/qualnet build
	@echo "Open it with: $(BIN)/qualnet open   (or open the file named above in a browser)"

test: setup programs lint
	$(BIN)/pytest -n $(WORKERS) --cov --cov-report=term

test-fast: setup lint
	$(BIN)/pytest -n $(WORKERS) -m "not browser and not wheel and not slow"

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# A site in docs/_build/html; Sphinx has a place of its own, so that what the tests use stays small.
docs: .venv-docs/ready
	.venv-docs/bin/python docs/generate.py
	.venv-docs/bin/sphinx-build -q -W --keep-going -c docs . docs/_build/html
	.venv-docs/bin/python docs/check_offline.py docs/_build/html

.venv-docs/ready: setup.cfg setup.py constraints.txt
	$(PYTHON) -m venv .venv-docs
	.venv-docs/bin/pip install --quiet --constraint constraints.txt --editable '.[docs]'
	touch $@

# The pictures of README and docs, taken of the demonstration.
pictures: setup programs
	$(BIN)/python docs/pictures.py

setup: .venv/ready

.venv/ready: setup.cfg setup.py constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[test]'
	touch $@

# The browser and node are programs of the system; without them their tests fail, they are never skipped.
programs:
	@for program in chromium:chromium node:nodejs; do \
	  command -v $${program%%:*} >/dev/null && continue; \
	  echo "installing $${program##*:}"; \
	  (apt-get install -y -qq $${program##*:} || sudo -n apt-get install -y -qq $${program##*:} || \
	   (apt-get update -qq && apt-get install -y -qq $${program##*:})) >/dev/null 2>&1 || \
	  { echo "The tests need $${program##*:}, and it could not be installed here." \
	         "Please install it: apt-get install $${program##*:}"; exit 1; }; \
	done

clean:
	rm -rf .venv .venv-docs .qualnet outputs share build dist docs/_build

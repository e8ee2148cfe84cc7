# Two commands set up all they need: `make booklet` and `make test`.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

TOOLS := .tools

# Rooms whose tests need no laid-out pages.
QUICK := tests/assembly tests/content tests/model tests/typography tests/test_architecture.py \
    tests/build/test_names.py tests/build/test_workers.py tests/build/test_validation.py

.PHONY: tools booklet check test quick fuzz lint format clean distclean setup pages bench help

help:  ## Say what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

booklet: setup  ## Make every booklet, into build/
	$(BIN)/booklet build --strict

check: setup  ## Read and check the content only
	$(BIN)/booklet check --strict

test: setup  ## Run all tests
	@sh setup/print-programs.sh
	$(BIN)/python -m pytest -n auto

quick: setup  ## Run the tests that lay out no pages, in half a minute
	$(BIN)/python -m pytest -n auto $(QUICK)

fuzz: setup  ## Change guides, PDFs and EPUBs at random, for long; see docs/trust.md
	$(BIN)/python -m tests.fuzz.content --runs 10000
	$(BIN)/python -m tests.fuzz.pdf --runs 10000
	$(BIN)/python -m tests.fuzz.epub --runs 10000

lint: setup  ## Check style, types and import rules
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

format: setup  ## Put imports and simple style faults right
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

tools: setup  ## Install the validators of finished files; see booklet doctor
	@sh setup/tools.sh $(TOOLS)

pages: booklet  ## Turn every page into a picture, with a sheet of all spreads
	$(BIN)/booklet pages

bench: setup  ## Measure; see benchmarks/README.md
	$(BIN)/python -m benchmarks.cold_build
	$(BIN)/python -m benchmarks.many_guides

clean:  ## Remove what was made
	rm -rf build .pytest_cache .mypy_cache .ruff_cache

distclean: clean  ## Remove the virtual environment and the validators too
	rm -rf $(VENV) $(TOOLS)

setup: $(READY)
	@sh setup/system-libraries.sh $(BIN)/python

$(READY): pyproject.toml requirements.txt setup/virtual-environment.sh
	@sh setup/virtual-environment.sh $(PYTHON) $(VENV)
	@touch $@

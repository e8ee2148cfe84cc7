# Two commands set up all they need: `make booklet` and `make test`.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

TOOLS := .tools

.PHONY: tools booklet check test lint format clean distclean setup pages bench help

help:  ## Say what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

booklet: setup  ## Make every booklet, into build/
	$(BIN)/booklet build --strict

check: setup  ## Read and check the content only
	$(BIN)/booklet check --strict

test: setup  ## Run all tests
	@sh setup/print-programs.sh
	$(BIN)/python -m pytest

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

clean:  ## Remove what was made
	rm -rf build .pytest_cache .mypy_cache .ruff_cache

distclean: clean  ## Remove the virtual environment and the validators too
	rm -rf $(VENV) $(TOOLS)

setup: $(READY)
	@sh setup/system-libraries.sh $(BIN)/python

$(READY): pyproject.toml requirements.txt setup/virtual-environment.sh
	@sh setup/virtual-environment.sh $(PYTHON) $(VENV)
	@touch $@

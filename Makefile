# 叫应 · jiaoying: `make help` lists what can be made. One environment, .venv, serves everything.

PYTHON ?= python3
UV ?= uv
SCENARIO ?= scenarios/yunyang-red-storm-night.yaml
# make lock UPGRADE=--upgrade moves every pin to the newest release that pyproject.toml allows
UPGRADE ?=

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
# The project itself: editable, its build tool comes from the requirements, so nothing more is downloaded.
INSTALL_PROJECT := $(PIP) install --no-deps --no-build-isolation --editable .
LOCK := $(UV) pip compile pyproject.toml --quiet --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --no-annotate --no-header --group build

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help run test prove check bench format lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(VENV)/.run-stamp ## install what is needed and play a scenario 20 times (SCENARIO=file.yaml)
	$(BIN)/jiaoying run $(SCENARIO)

test: $(VENV)/.test-stamp ## run the tests, two at a time
	$(BIN)/python -m pytest -n 2

prove: $(VENV)/.test-stamp ## check the model against what is known, and write what docs/ says of it
	$(BIN)/python -m tests.parameters
	$(BIN)/python -m tests.documented
	JIAOYING_PROOF=1 $(BIN)/python -m pytest tests/validation tests/reference tests/laws -n 2 -p tests.proof --proof docs/proof.md

check: $(VENV)/.test-stamp ## format, lint and types, changing nothing
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy sim

bench: $(VENV)/.test-stamp ## measure speed and print ratios
	$(BIN)/python -m pytest tests/benchmarks -m benchmark -n 0 -s

format: $(VENV)/.test-stamp ## format the code and repair what the linter can
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

lock: ## remake the requirements files from pyproject.toml (needs uv)
	@command -v $(UV) >/dev/null || { echo "make lock needs uv · 需要 uv：pip install uv" >&2; exit 1; }
	$(LOCK) $(UPGRADE) --output-file requirements.txt
	$(LOCK) $(UPGRADE) --extra dev --constraints requirements.txt --output-file requirements-dev.txt

clean: ## remove the environment and every cache; results stay
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist *.egg-info
	find sim tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || \
		{ echo "找不到 $(PYTHON)，请安装 Python 3.11 或更新版本 · $(PYTHON) not found: install Python 3.11 or newer" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "需要 Python 3.11 或更新版本，$(PYTHON) 是 `$(PYTHON) -V 2>&1`；换一个：make PYTHON=python3.12 …" >&2; \
		echo "Python 3.11 or newer is needed; name another one: make PYTHON=python3.12 ..." >&2; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)

# The development requirements contain the others with the same pins, so either stamp is good enough for a run.
$(VENV)/.run-stamp: $(BIN)/python requirements.txt pyproject.toml
	$(PIP) install --require-hashes --requirement requirements.txt
	$(INSTALL_PROJECT)
	@touch $@

$(VENV)/.test-stamp: $(BIN)/python requirements.txt requirements-dev.txt pyproject.toml
	$(PIP) install --require-hashes --requirement requirements-dev.txt
	$(INSTALL_PROJECT)
	@touch $(VENV)/.run-stamp $@

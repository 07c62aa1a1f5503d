# Every target sets up what it needs: a fresh machine with Python 3.11 and git is enough.
.DEFAULT_GOAL := help
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
STAMP := .venv/.installed

.PHONY: help setup demo test test-slow lint format bench benchmark-data lock screenshot clean

help: ## show this help
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

setup: $(STAMP) ## build .venv from the locked requirements

$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

demo: $(STAMP) ## score four suppliers, code and help desk, and write out/index.html
	$(BIN)/python -m tests.demo out

test: $(STAMP) ## run the fast tests, in a browser too where there is one
	@.ci/browser || true
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not slow"

test-slow: $(STAMP) ## run the others: raw tools, known moves, killed processes, and many examples
	@.ci/browser || true
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "slow or hypothesis" --hypothesis-profile many

lint: $(STAMP) ## ruff, mypy --strict, import-linter
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(STAMP) ## format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(STAMP) ## measure speed against the raw tools, printed as a table
	$(BIN)/python -m tests.bench

benchmark-data: $(STAMP) ## fetch and measure the public systems that levels are proposed from (hours)
	nice $(BIN)/python -m tests.bench.benchmark $(if $(MIRRORS),--mirrors $(MIRRORS))

lock: $(STAMP) ## resolve the requirements anew, with hashes
	$(BIN)/uv pip compile --quiet --upgrade --generate-hashes --no-header --no-emit-index-url \
	  --no-annotate --all-extras --group dev pyproject.toml -o requirements.lock
	echo hatchling | $(BIN)/uv pip compile --quiet --generate-hashes --no-header \
	  --no-emit-index-url --no-annotate --constraint requirements.lock pyproject.toml - -o .ci/gate.lock

screenshot: demo ## make the README's picture from the demo
	@.ci/browser
	$(BIN)/python -m tests.screenshot $$(ls out/PARAMIKO.*.html | tail -1) .github/scorecard.png

clean: ## remove what the targets made
	rm -rf .venv out build dist

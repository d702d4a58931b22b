# Each target does all the set-up that it needs. `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help set-up contract serve test coverage test-quick test-documents test-browser format lock bench bench-peers picture samples sample-states schemas

PYTHON_HERE := .venv/bin/python
CLIENT ?= acme
ROUNDS ?= 3
# Walks that take minutes; `make test-browser` runs them.
BROWSER := tests/documents/test_edit_journeys_judged.py tests/documents/test_browser_judged.py

help: ## list these targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "%-16s %s\n", $$1, $$2}'

set-up: ## install what the program needs into .venv; at once when nothing is left to do
	@tools/set-up

contract: set-up ## build the contract of CLIENT (acme unless told otherwise)
	@$(PYTHON_HERE) build.py --client "$(CLIENT)"

serve: set-up ## show the portfolio in a browser on this machine
	@$(PYTHON_HERE) build.py serve

test: set-up ## lint, check types, and run all tests
	$(PYTHON_HERE) -m ruff check .
	$(PYTHON_HERE) -m ruff format --check .
	$(PYTHON_HERE) -m mypy
	$(PYTHON_HERE) -m pytest -n auto --dist worksteal

coverage: set-up ## run all tests and list the lines that none of them reaches; takes half as long again
	$(PYTHON_HERE) -m pytest -n auto --dist worksteal --cov --cov-report=term-missing:skip-covered

test-quick: set-up ## run the tests that are not marked slow, in under a minute
	$(PYTHON_HERE) -m pytest -n auto --dist worksteal -m "not slow"

test-documents: set-up ## prove the contracts with tools that are not ours; installs them first
	@tests/documents/set-up
	$(PYTHON_HERE) -m pytest -n auto --dist loadfile tests/documents $(BROWSER:%=--ignore=%)

test-browser: set-up ## walk through the pages and forms of `serve` in Chromium; installs it first
	@tests/documents/set-up
	$(PYTHON_HERE) -m pytest -n auto --dist loadfile $(BROWSER)

bench: set-up ## measure how fast the program is, as ratios; about three minutes. ROUNDS=7 is more exact
	@$(PYTHON_HERE) -m bench --rounds $(ROUNDS)

bench-peers: set-up ## compare it with other tools on the same words; installs them first
	@bench/install-peers
	@$(PYTHON_HERE) -m bench --peers --rounds $(ROUNDS)

picture: set-up ## draw the pictures of the README and docs again; those of the browser need Chromium
	@$(PYTHON_HERE) tools/picture
	@$(PYTHON_HERE) tools/picture-browser

samples: set-up ## build every sample again, those that were sent, too, but none that is signed or ended; commit what it writes
	@for each in $$(grep -LE '^status: (signed|ended)' agreements/*/*/agreement.yaml); do \
	  rm -f "$${each%/*}"/record.json "$${each%/*}"/*.md "$${each%/*}"/*.docx "$${each%/*}"/*.pdf "$${each%/*}"/*.eml; done
	@$(PYTHON_HERE) build.py --all --jobs 2

sample-states: set-up ## take the signed samples through their steps again, from nothing; makes commits. Only to mend a mistake in them
	@$(PYTHON_HERE) tools/sample-states
	@$(PYTHON_HERE) tools/year-of-money

schemas: set-up ## write the pages that are generated: docs/schema, docs/commands.md, docs/playbook.md
	@for name in $$($(PYTHON_HERE) build.py schema); do $(PYTHON_HERE) build.py schema $$name > docs/schema/$$name.json; done
	@$(PYTHON_HERE) -m tests.helpers.commands_page > docs/commands.md
	@$(PYTHON_HERE) -m tests.helpers.playbook_page > docs/playbook.md

format: set-up ## lay the code out as `make test` wants it
	@$(PYTHON_HERE) -m ruff check --fix .
	@$(PYTHON_HERE) -m ruff format .

lock: ## renew requirements.lock from pyproject.toml (needs uv)
	@command -v uv >/dev/null || { echo "make lock needs uv: run 'pipx install uv' first." >&2; exit 1; }
	@uv pip compile -q --universal --all-extras --generate-hashes --no-header pyproject.toml -o requirements.lock

# Hanlin. `make` alone lists what can be made.
PYTHON ?= python3
PORT ?= 8000
export PORT
RUN := .venv/bin/python
PYTEST := .venv/bin/pytest -q -n 2 --dist loadgroup

.DEFAULT_GOAL := help
.PHONY: help demo setup test test-services lint types messages bench screens clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 18

setup: ## the environment, from the lock files
	@$(PYTHON) tools/setup.py

demo: setup ## the whole product with demo data at http://localhost:$(PORT)
	@HANLIN_DEMO=1 exec $(RUN) manage.py serve

test: ## lint, types and the whole suite on SQLite, browser tests included
	@$(PYTHON) tools/setup.py --dev --browser
	@$(MAKE) --no-print-directory lint types
	@env -u DATABASE_URL -u REDIS_URL $(PYTEST) --create-db -m "not services"

test-services: ## the same suite on PostgreSQL and Redis, with a real Celery worker
	@$(PYTHON) tools/setup.py --dev --browser --services
	@$(RUN) tools/services.py -- $(PYTEST) --create-db

lint: ## ruff, templates, imports, migrations
	@.venv/bin/ruff check -q .
	@.venv/bin/ruff format -q --check .
	@.venv/bin/djlint --quiet --lint templates
	@.venv/bin/lint-imports > var/lint-imports.txt 2>&1 || { cat var/lint-imports.txt; exit 1; }
	@$(RUN) manage.py makemigrations --check --dry-run -v 0

types: ## mypy, strict on kernel, domain and queries
	@.venv/bin/mypy --no-error-summary hanlin courses committees projects

messages: ## bring the translations up to date after changing a string
	@$(RUN) manage.py catalogues

bench: ## one benchmark on PostgreSQL: make bench NAME=audit
	@$(PYTHON) tools/setup.py --dev --services
	@$(RUN) tools/services.py -- $(RUN) -m bench.run $(NAME)

screens: ## take docs/screens anew with the browser journey
	@HANLIN_SCREENS=docs/screens $(PYTEST) -n 0 --create-db -m browser tests/browser/test_journey.py

clean: ## remove what was made; var/ (your data) stays
	rm -rf .venv assets/vendor node_modules .mypy_cache .ruff_cache .pytest_cache

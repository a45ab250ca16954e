# The only two commands a newcomer needs: `make demo` and `make test`.
PYTHON ?= python3
PORT ?= 8000
PY := .venv/bin/python
SET_UP = command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is missing. Install Python 3.11 or newer, or name it: make $@ PYTHON=python3.12"; exit 1; }; \
  $(PYTHON) config/bootstrap/environment.py

.PHONY: demo demo-reset dev test lint format screenshots guards messages lock clean

demo: ## set up what is missing, keep the data, serve on PORT
	@$(SET_UP) runtime
	@MODE=demo PORT=$(PORT) $(PY) manage.py demo

demo-reset: ## back the demo data up, then start over
	@$(SET_UP) runtime
	@MODE=demo PORT=$(PORT) $(PY) manage.py demo --reset

dev: ## the same with reloading code and plain static files
	@$(SET_UP) dev
	@MODE=dev PORT=$(PORT) $(PY) manage.py demo

test: ## everything that CI checks, each stage with its time
	@$(SET_UP) dev
	@MODE=test $(PY) -m tests.run

lint: ## the checks that need no database
	@$(SET_UP) dev
	@MODE=test $(PY) -m tests.run lint

format: ## write the code in the house's format
	@.venv/bin/ruff check --fix --quiet . && .venv/bin/ruff format --quiet .

screenshots: ## pictures of the main pages into screenshots/
	@$(SET_UP) dev
	@MODE=test $(PY) -m tests.screenshots

guards: ## take each guard out in a copy; its test must fail
	@$(SET_UP) dev
	@MODE=test $(PY) -m tests.guards

messages: ## bring locale/ up to date with the sources
	@MODE=test $(PY) manage.py messages

lock: ## pin requirements/*.in anew
	@for name in runtime dev broker postgres node audit; do \
	  UV_PYTHON_DOWNLOADS=never .venv/bin/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
	    --no-header --no-emit-index-url --upgrade requirements/$$name.in -o requirements/$$name.txt; done

clean: ## remove what set-up and runs have made, keep the data in var/
	@rm -rf .venv node_modules static/vendor var/staticfiles .mypy_cache .ruff_cache .pytest_cache

# Everything a newcomer needs is `make run` and `make test`. `make help` lists the rest.
SHELL := /bin/sh
PYTHON ?= $(shell for p in python3 python3.11 python3.12 python3.13 python3.14; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' && echo $$p && break; done)
PORT ?= 8000
WORKERS ?= auto
PY := .venv/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --no-input install -q

.PHONY: help run test check proof pdf python clean

help: ## show this list
	@sed -n 's/^\([a-z]*\):.*## /\1	/p' $(MAKEFILE_LIST) | expand -t 10

run: .venv/installed ## install, migrate, load the demo and serve it on 127.0.0.1 (PORT=8000)
	@PORT=$(PORT) $(PY) -m leukemia_site.serve

test: .venv/installed-dev ## every test (ARGS="tests/articles -k digest" for some; DATABASE_URL for PostgreSQL)
	$(PY) -m pytest -n $(WORKERS) --maxprocesses 8 --dist worksteal $(ARGS)

proof: .venv/installed-dev ## every test, with the long proofs at full length
	PROOF=full $(PY) -m pytest -n $(WORKERS) --maxprocesses 8 --dist worksteal $(ARGS)

check: .venv/installed-dev ## lint, format, types, templates, migrations, deployment, import directions, budgets
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -m djlint --lint --quiet templates
	DJANGO_SETTINGS_MODULE=tests.settings $(PY) manage.py makemigrations --check --dry-run
	env -u DEBUG -u DATABASE_URL SITE_URL=https://patients.example.org BEHIND_PROXY=on \
		SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(50))') \
		SEAL_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(50))') \
		VAR_DIR=$$(mktemp -d) $(PY) manage.py check --deploy --fail-level WARNING
	$(PY) -m pytest -q tests/test_layers.py tests/test_budgets.py

pdf: .venv/installed-pdf ## add what pages as PDF need; the README says what else (Debian: libpango and fonts)

clean: ## forget the virtual environment (var/ with its database stays)
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis

python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and was not found." \
		"Install it (Debian: apt install python3 python3-venv) or name it: make PYTHON=/path/to/python3 ..." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Python 3.11 or newer is needed; $(PYTHON) is `$(PYTHON) -V 2>&1`." \
		"Name a newer one: make PYTHON=/path/to/python3 ..." >&2; exit 1; }

.venv/bin/python: | python
	@$(PYTHON) -m venv .venv || { rm -rf .venv; echo "Could not make .venv." \
		"On Debian: apt install python3-venv" >&2; exit 1; }

.venv/installed: requirements.txt | .venv/bin/python
	@echo "Installing the exact versions of requirements.txt into .venv ..."
	@$(PIP) -r requirements.txt
	@touch $@

.venv/installed-dev: requirements-dev.txt requirements-s3.txt requirements.txt | .venv/bin/python
	@echo "Installing the exact versions of requirements-dev.txt into .venv ..."
	@$(PIP) -r requirements-dev.txt
	@touch .venv/installed $@

.venv/installed-pdf: requirements-pdf.txt | .venv/bin/python
	@$(PIP) -r requirements-pdf.txt
	@touch $@

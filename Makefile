# Every command a person types. Needs Python 3.11 or later and make, nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py
PORT ?= 8000
DATABASE_URL ?= postgres://postgres@127.0.0.1:5432/test
PYTEST := $(BIN)/pytest -p no:cacheprovider

.PHONY: demo test test-postgres test-browser lighthouse bench bench-books lint format messages migrations-check lock build

$(VENV)/.installed: requirements-dev.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

build: $(VENV)/.installed  ## what is made and not committed: message catalogues and fonts
	@$(MANAGE) build_messages
	@$(MANAGE) build_fonts

demo: build  ## the site with its demo content, on http://localhost:8000/
	@$(MANAGE) migrate --verbosity 0
	@BASE_URL=http://localhost:$(PORT) $(MANAGE) load_demo
	@BASE_URL=http://localhost:$(PORT) $(MANAGE) runserver --noreload --nostatic $(PORT)

test: build  ## the whole suite on SQLite
	env -u DATABASE_URL -u REDIS_URL $(PYTEST) -n 2

test-postgres: build  ## the same suite on the PostgreSQL that DATABASE_URL names
	DATABASE_URL=$(DATABASE_URL) $(PYTEST) -n 2

test-browser: build  ## what needs Chromium
	env -u DATABASE_URL -u REDIS_URL $(PYTEST) -n 2 --dist loadgroup -m browser tests/browser

lighthouse: build  ## Lighthouse on six kinds of page; needs npm and Chromium
	npm install --silent --no-fund --no-audit --prefix var/lighthouse lighthouse@12
	env -u DATABASE_URL -u REDIS_URL $(PYTEST) -s -m lighthouse tests/browser

bench: build  ## how the list bears 100,000 enterprises, on the PostgreSQL that DATABASE_URL names
	DATABASE_URL=$(DATABASE_URL) $(PYTEST) -s tests/bench/bench_list.py

bench-books: build  ## how long a handbook's files take, by its number of chapters
	env -u DATABASE_URL -u REDIS_URL $(PYTEST) -s tests/bench/bench_books.py

lint: $(VENV)/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	git ls-files '*.html' | xargs $(BIN)/djhtml --check --tabwidth 2
	git ls-files '*.py' | grep -v /migrations/ | xargs $(BIN)/django-upgrade --check --target-version 5.2
	$(BIN)/lint-imports
	$(BIN)/mypy

format: $(VENV)/.installed
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	git ls-files '*.html' | xargs $(BIN)/djhtml --tabwidth 2

messages: $(VENV)/.installed  ## collect the interface's strings for the translator
	$(MANAGE) build_messages --update

migrations-check: build
	$(MANAGE) makemigrations --check --dry-run

lock: $(VENV)/.installed  ## pin what pyproject.toml asks for, with hashes and without any index address
	$(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header --output-file requirements.txt pyproject.toml
	$(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header --extra dev --all-build-deps --output-file requirements-dev.txt pyproject.toml

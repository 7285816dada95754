# The one door. `make help` lists what can be done.

PYTHON ?= python3
PORT ?= 8000
DATA ?= data

unexport PYTHONPATH PYTHONHOME VIRTUAL_ENV

PREPARE := @$(PYTHON) -E -s -m tools.prepare
PROJECT := .venv/bin/python
COMPILE := .tools/bin/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-header --no-annotate

.DEFAULT_GOAL := help
.PHONY: help demo test test-fast lint format lock docs bench build messages clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: ## Set up, load the demo world, serve it (PORT=8000 DATA=data)
	$(PREPARE) demo
	@PORT=$(PORT) DUANJU_DATA="$(abspath $(DATA))" exec $(PROJECT) -m duanju_web.manage demo

test: ## Set up for testing and run everything, on SQLite and on PostgreSQL
	$(PREPARE) test
	@exec $(PROJECT) -m pytest --database both

test-fast: ## Run the tests of the engines and the golden cases, in seconds
	$(PREPARE) work
	@exec $(PROJECT) -m pytest -q -n auto -m "not cluster" tests/engine tests/golden src/duanju

lint: ## Check style, types and the import rules
	$(PREPARE) work
	@$(PROJECT) -m ruff check . && $(PROJECT) -m ruff format --check . \
		&& $(PROJECT) -m mypy && .venv/bin/lint-imports

format: ## Put the code into the house's format
	$(PREPARE) work
	@$(PROJECT) -m ruff check --fix . ; $(PROJECT) -m ruff format .

lock: ## Pin the newest versions that pyproject.toml allows, by hash
	$(PREPARE) work
	@$(COMPILE) --upgrade --group tools -o locks/tools.txt
	@$(COMPILE) --upgrade --group node -o locks/node.txt
	@$(COMPILE) --upgrade --group mutation -o locks/mutation.txt
	@$(COMPILE) --upgrade pyproject.toml --extra web --group build -o locks/run.txt
	@$(COMPILE) --upgrade pyproject.toml --extra web --extra spark --group build --group development \
		-o locks/development.txt

docs: ## Build the documentation into docs/_build
	$(PREPARE) work
	@$(PROJECT) -m sphinx --fail-on-warning --keep-going -q docs docs/_build/html
	@echo "open docs/_build/html/index.html"

bench: ## Measure packaging, settlement, statements, terms, events and the lake, each as a ratio
	$(PREPARE) demo
	@exec $(PROJECT) -m benchmarks

build: ## Build all that is served, then the wheel and the source archive into dist/
	$(PREPARE) build
	@$(PROJECT) -m hatchling build -d dist

messages: ## Bring the catalogues of translations in step and compile them
	$(PREPARE) work
	@$(PROJECT) -m tools.messages extract

clean: ## Remove all that was made, but not the data folder
	rm -rf .venv .tools .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis \
		.import_linter_cache build dist docs/_build frontend/node_modules frontend/dist

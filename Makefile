# Two commands matter: `make run` and `make test`. Both set up everything they need in .venv.
SHELL := /bin/bash
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null && { echo $$p; break; }; done)
BIN := .venv/bin

.PHONY: help run test check bench soak lock clean
help: ## Show this list
	@grep -E '^[a-z]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 10

run: .venv/run ## Index corpus/ if it changed, then serve on http://127.0.0.1:8000
	@$(BIN)/monograph-search index --if-stale
	@$(BIN)/monograph-search serve

# Two processes, each test file in one of them, so that what a file's tests share is built once; then, in one, what must run by itself.
test: check programs ## Lint, type-check, and run every test
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not serial"
	$(BIN)/python -m pytest -m serial

check: .venv/test ## Lint, types, import rules, starter corpus
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/bench ## Measure search beside tantivy, FTS5, Xapian, Whoosh and bm25s, and over HTTP
	$(BIN)/python -m benchmarks.compare --work benchmarks/work
	$(BIN)/python -m benchmarks.plots
	$(BIN)/monograph-search index --if-stale --corpus benchmarks/work/x1/pages --index benchmarks/work/x1/ours
	$(BIN)/python -m benchmarks.lifecycle --pages benchmarks/work/x1/pages --index benchmarks/work/x1/ours
	$(BIN)/python -m benchmarks.http --index benchmarks/work/x1/ours
	$(BIN)/python -m benchmarks.rendering

.PHONY: programs
programs: .venv/test
	@bash tests/ensure_programs.sh

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11, 3.12 or 3.13 is needed; none was found on PATH."; exit 1; }
	$(PYTHON) -m venv .venv

# pip compiles what it installs, so Whoosh's old escapes are reported here and not while a test runs.
.venv/run: requirements/run.txt pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv/test: requirements/test.txt pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@ .venv/run

.venv/bench: requirements/bench.txt .venv/test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
	@touch $@

soak: .venv/test ## The long proofs of docs/security.md: kills, rebuilds, any text, overload (about an hour)
	$(BIN)/python -m tests.soak.kills
	$(BIN)/python -m tests.soak.rebuilds
	$(BIN)/python -m tests.soak.hostile $(if $(SOAK_INDEX),--index $(SOAK_INDEX))
	$(BIN)/python -m tests.soak.overload

lock: ## Renew the lock files (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --quiet --upgrade \
		--output-file requirements/run.txt pyproject.toml requirements/build.in
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --quiet --upgrade --extra test \
		--output-file requirements/test.txt --constraint requirements/run.txt pyproject.toml requirements/build.in
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --quiet --upgrade --extra test --extra bench \
		--output-file requirements/bench.txt --constraint requirements/test.txt pyproject.toml requirements/build.in

clean: ## Remove the environment, the index and caches
	rm -rf .venv index/g-* index/tmp-* index/CURRENT index/.lock .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

.DEFAULT_GOAL := help
.PHONY: help demo test lint openapi schemas bench-solver

TOOLS = . scripts/native-tools.sh

help: ## List these targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile

demo: ## Run the service with invented data (ARGS=--exit to stop when it has shown itself)
	@$(TOOLS) && cargo run --release --locked -- demo $(ARGS)

test: ## Run all tests (with ARGS, cargo test's arguments)
	@set -- server; $(TOOLS) && cargo test --workspace --locked $(ARGS)

lint: ## Check format, lints and, with cargo-deny installed, dependencies
	cargo fmt --all --check
	@$(TOOLS) && cargo clippy --workspace --all-targets --locked -- -D warnings
	@if cargo deny --version >/dev/null 2>&1; then cargo deny --locked check; \
	else echo 'lint: cargo-deny is not installed, dependencies are unchecked' >&2; fi

openapi: ## Write api-spec/openapi.json
	@$(TOOLS) && mkdir -p api-spec && cargo run --locked -- openapi > api-spec/openapi.json.new
	@mv api-spec/openapi.json.new api-spec/openapi.json

schemas: ## Write api-spec/problem.schema.json and api-spec/plan.schema.json
	@$(TOOLS) && mkdir -p api-spec && for document in problem plan; do \
	cargo run --locked -- schema $$document > api-spec/$$document.schema.json.new && \
	mv api-spec/$$document.schema.json.new api-spec/$$document.schema.json || exit 1; done

BENCH_VENV = .tools/bench-venv

bench-solver: $(BENCH_VENV)/ready ## Measure the optimiser beside its peers, into docs/bench (ARGS=--help lists how)
	@$(TOOLS) && cargo build --release --locked -p cadre-bench
	@PYTHONDONTWRITEBYTECODE=1 $(BENCH_VENV)/bin/python bench/solver/run.py $(ARGS)

$(BENCH_VENV)/ready: bench/solver/requirements.txt
	@python3 -m venv $(BENCH_VENV)
	@$(BENCH_VENV)/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

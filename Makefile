# Two commands on a fresh machine with Python >= 3.11 and make: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
EXTRA := $(VENV)/.semantic
PEER := .venv-bench
LEARNER := .venv-train
LEARNER_READY := $(LEARNER)/.ready
PEER_READY := $(PEER)/.ready

.DEFAULT_GOAL := help
.PHONY: help demo test check gate train bench soak soak-delivery screenshots soak-cards soak-hostile soak-week suites lock clean

help:  ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

$(READY): requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Djeli needs Python 3.11 or newer; name one: make PYTHON=python3.12 …"; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# What is tested is tested with the extra and without it; who only runs Djeli does not get it.
$(EXTRA): requirements-semantic.lock $(READY)
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-semantic.lock
	@touch $@

demo: $(READY)  ## the main job on bundled feeds, without token or internet
	@$(BIN)/djeli demo

test: $(EXTRA)  ## all tests and checks
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@DJELI_TOKEN_HUNT=1 $(BIN)/pytest -n 2 --dist worksteal --cov --cov-report=term:skip-covered
	@$(MAKE) --no-print-directory gate

check: $(READY)  ## the quick checks only: style, types, imports
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports

gate: $(EXTRA)  ## how well it judges, per language, with wording and without, against pinned floors
	@$(BIN)/python -m tests.gate

$(LEARNER_READY): requirements.lock requirements-train.lock
	@test -x $(LEARNER)/bin/python || $(PYTHON) -m venv $(LEARNER)
	@$(LEARNER)/bin/python -m pip install -q --disable-pip-version-check --require-hashes \
		-r requirements.lock -r requirements-train.lock
	@touch $@

train: $(LEARNER_READY)  ## learn the weights of words and signs again from the labelled articles
	@$(LEARNER)/bin/python -m tests.train

# The peer cannot live beside Djeli: its parts and ours exclude each other.
$(PEER_READY): requirements-bench.lock
	@test -x $(PEER)/bin/python || $(PYTHON) -m venv $(PEER)
	@$(PEER)/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-bench.lock
	@touch $@

bench: $(READY) $(PEER_READY)  ## speed and memory, as ratios against a peer or a limit in one run (QUICK=1: a short one)
	@$(BIN)/python -m tests.bench $(if $(QUICK),--quick)

suites: $(READY)  ## feedparser's own documents and the pages of trafilatura, got by pip, against what reads them here
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && \
	$(BIN)/python -m pip download -q --disable-pip-version-check --no-deps --no-binary :all: -d "$$folder" trafilatura==0.8.2 \
		feedparser==$$($(BIN)/python -c 'import feedparser; print(feedparser.__version__)') && \
	for one in "$$folder"/*.tar.gz; do tar xzf "$$one" -C "$$folder"; done && \
	$(BIN)/python -m tests.suites "$$folder"/feedparser-*/ && \
	$(BIN)/python -m tests.suites --pages "$$folder"/trafilatura-*/

soak-week: $(READY)  ## seven days of 200 feeds with a clock that jumps, played in some minutes
	@$(BIN)/python -m tests.soak_week

soak-delivery: $(READY)  ## 500 senders killed at random with faults in the network, and one at every fail point
	@$(BIN)/python -m tests.soak_delivery

soak-cards: $(READY)  ## 20,000 hostile cards and digests to the strict server: none refused, nothing forged
	@$(BIN)/python -m tests.soak_cards

screenshots: $(READY)  ## cards, a thread, a digest and the weekly picture as PNG in docs/ (needs Chromium)
	@$(BIN)/python -m tests.screenshots

soak-hostile: $(READY)  ## the service for seven minutes with 1,000 hostile feeds beside 200 honest ones
	@$(BIN)/python -m tests.soak_hostile

lock:  ## renew the lock files (needs uv)
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --no-annotate -q -o requirements.lock
	uv pip compile pyproject.toml --extra semantic --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --no-annotate -c requirements.lock -q -o requirements-semantic.lock
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --no-annotate -c requirements.lock -q -o requirements-dev.lock
	printf 'scikit-learn\n' | uv pip compile - -c requirements.lock --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --no-annotate -q -o requirements-train.lock
	printf 'reader\nsgmllib3k\n' | uv pip compile - --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --no-annotate -q -o requirements-bench.lock

clean:  ## forget the environment and the caches
	rm -rf $(VENV) $(PEER) $(LEARNER) build *.egg-info .mypy_cache .ruff_cache .pytest_cache

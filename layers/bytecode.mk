# Lambda mounts functions and layers read-only: what is not compiled when it is built is compiled again at every cold start.
# Bytecode is for one version of Python, which uv downloads where the host has another.
UV_PYTHON = $(PYTHON) -m uv run --quiet --no-project --managed-python --python $(LAMBDA_PYTHON) python
IS_LAMBDA_PYTHON = -c 'import sys; sys.exit("%d.%d" % sys.version_info[:2] != "$(LAMBDA_PYTHON)")'

# $(call compile,FOLDER,PLACE): bytecode beside every module in FOLDER, which Lambda mounts at PLACE; the source is not looked at again.
compile = @for python in python$(LAMBDA_PYTHON) "$(PYTHON)" "$(UV_PYTHON)"; do \
		UV_HTTP_RETRIES=1 $$python $(IS_LAMBDA_PYTHON) 2>/dev/null || continue; \
		exec $$python -m compileall -q --invalidation-mode unchecked-hash -s "$(1)" -p $(2) "$(1)"; \
	done; \
	echo 'storycard: found no Python $(LAMBDA_PYTHON), so $(2) carries no bytecode: cold starts take half as long again'

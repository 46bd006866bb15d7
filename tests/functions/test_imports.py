"""Tests that importing a handler loads no drawing library and needs no environment."""

import subprocess
import sys

import pytest

UNWANTED = {"PIL", "uharfbuzz", "icu4py", "selectolax", "pydantic", "aws_xray_sdk", "boto3", "cv2", "numpy"}


@pytest.mark.parametrize(
    "module", ["http_api.app", "cms_webhook.app", "done_webhook.app", "render_worker.app", "photo_worker.app", "feed_poller.app"]
)
def test_a_cold_start_loads_no_drawing_library_and_needs_no_environment(module):
    program = f"import sys, {module}; print(*{UNWANTED} & set(sys.modules))"
    environment = {"PYTHONPATH": ":".join(sys.path)}
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment)
    assert run.stdout.strip() == ""

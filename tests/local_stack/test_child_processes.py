"""The child processes of the local system end without a word when nobody reads what they print any more."""

import json
import os
import subprocess
import sys

import pytest

from support.waiting import PATIENCE

CALL = {"event": {}, "function": "json", "request_id": "1", "timeout": 1}


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        pytest.param(["local_stack.moto_process"], b"", id="moto"),
        pytest.param(["local_stack.runtime", "json.dumps"], json.dumps(CALL).encode() + b"\n", id="function"),
    ],
)
def test_a_closed_standard_output_ends_the_process_quietly(arguments, line):
    read_end, write_end = os.pipe()
    os.close(read_end)
    with subprocess.Popen(
        [sys.executable, "-m", *arguments], stdin=subprocess.PIPE, stdout=write_end, stderr=subprocess.PIPE
    ) as process:
        os.close(write_end)
        process.stdin.write(line)
        process.stdin.flush()  # and leave standard input open, so that only standard output tells of the end
        try:
            assert process.wait(timeout=PATIENCE) == 0
        finally:
            process.kill()
        assert process.stderr.read() == b""

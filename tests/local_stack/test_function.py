"""Runs handlers in child processes: one call at a time, with a timeout, replaced when dead, ended with their parent."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from local_stack.function import FunctionFailed, LambdaFunction
from support.waiting import PATIENCE

HANDLER = """
import os, sys, time

def handler(event, context):
    print("a handler's own words", flush=True)
    if event.get("sleep"):
        time.sleep(event["sleep"])
    if event.get("exit"):
        os._exit(1)
    if event.get("raise"):
        raise RuntimeError("no such luck")
    return {
        "pid": os.getpid(),
        "variable": os.environ.get("VARIABLE"),
        "function": context.function_name,
        "arn": context.invoked_function_arn,
        "memory": context.memory_limit_in_mb,
        "left": context.get_remaining_time_in_millis(),
        "request_id": context.aws_request_id,
    }
"""


@pytest.fixture
def environment(tmp_path: Path) -> Mapping[str, str]:
    (tmp_path / "probe.py").write_text(HANDLER)
    path = os.pathsep.join([str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH")])])
    return os.environ | {"PYTHONPATH": path, "VARIABLE": "value"}


@pytest.fixture
def function(environment) -> Iterator[Callable[..., LambdaFunction]]:
    with ExitStack() as stack:

        def start(concurrency: int = 1, timeout: float = PATIENCE) -> LambdaFunction:
            made = LambdaFunction("probe.handler", environment, concurrency=concurrency, timeout=timeout)
            return stack.enter_context(closing(made))

        yield start


def test_handler_gets_its_event_environment_and_context(function):
    call = function(timeout=100)
    first, second = call({"sleep": 0.1}), call({})
    assert first["variable"] == "value"
    assert first["function"] == "probe"
    assert first["arn"] == "arn:aws:lambda:us-east-1:123456789012:function:probe"
    assert first["memory"] == 512
    assert 0 < first["left"] <= 99_900  # milliseconds
    assert first["request_id"] != second["request_id"]
    assert first["pid"] == second["pid"] != os.getpid()


def test_concurrent_calls_use_separate_processes_up_to_the_limit(function):
    call = function(concurrency=2)
    with ThreadPoolExecutor(4) as pool:
        pids = [answer["pid"] for answer in pool.map(lambda _: call({"sleep": 0.3}), range(4))]
    assert len(set(pids)) == 2


def test_reports_what_the_handler_raised(function):
    call = function()
    pid = call({})["pid"]
    with pytest.raises(FunctionFailed, match="RuntimeError: no such luck"):
        call({"raise": True})
    assert call({})["pid"] == pid


def test_replaces_a_dead_process(function):
    call = function()
    pid = call({})["pid"]
    with pytest.raises(FunctionFailed, match="died"):
        call({"exit": True})
    assert call({})["pid"] != pid


def test_ends_a_call_that_times_out(function):
    call = function()
    call({})
    call.timeout = 1  # only now, because it includes a cold start
    with pytest.raises(FunctionFailed, match="within 1 s"):
        call({"sleep": 60})


def test_closing_ends_a_running_call(function):
    call = function()
    pid = call({})["pid"]
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(call, {"sleep": 60})
        time.sleep(0.1)
        call.close()
        with pytest.raises(FunctionFailed):
            slow.result()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_process_ends_with_its_killed_parent_even_during_a_call(environment):
    parent = (
        "import os; from local_stack.function import LambdaFunction\n"
        "function = LambdaFunction('probe.handler', os.environ, concurrency=1, timeout=600)\n"
        "print(function({})['pid'], flush=True)\n"
        "function({'sleep': 600})"
    )
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", parent], env=environment, **pipes) as process:
        assert int(process.stdout.readline())
        time.sleep(0.2)
        process.kill()
        process.communicate(timeout=PATIENCE)  # returns only when every process has closed standard error

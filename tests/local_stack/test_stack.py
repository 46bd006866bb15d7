"""Tests that background work of the local system continues after a lost connection."""

from threading import Event

from botocore.exceptions import ConnectionClosedError

from local_stack.stack import _running
from support.waiting import PATIENCE


def test_work_continues_after_one_lost_connection(caplog):
    attempts, again, stop = [], Event(), Event()

    def work() -> None:
        attempts.append(1)
        if len(attempts) == 1:
            raise ConnectionClosedError(endpoint_url="http://127.0.0.1/")
        again.set()
        stop.wait()

    with _running("pump", stop, work):
        assert again.wait(PATIENCE)
    assert "pump: AWS error" in caplog.text

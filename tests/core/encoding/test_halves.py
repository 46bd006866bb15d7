"""halves: two calls, both results, whatever becomes of the second core."""

import multiprocessing
import os
import threading
from collections.abc import Iterator
from functools import partial

import pytest

from storycard.encoding import halves
from storycard.encoding.halves import both, memory_file


@pytest.fixture(params=[1, 2])
def cores(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(request.param)), raising=False)
    halves._helper.cache_clear()
    yield request.param
    halves._helper.cache_clear()


two_cores = pytest.mark.parametrize("cores", [2], indirect=True)


def test_results_come_in_the_order_they_were_asked_for(cores: int) -> None:
    for number in range(50):
        assert both(partial(str, number), partial(str, -number)) == (str(number), str(-number))


@two_cores
def test_two_cores_work_at_the_same_time(cores: int) -> None:
    meeting = threading.Barrier(2)
    assert sorted(both(lambda: meeting.wait(5), lambda: meeting.wait(5))) == [0, 1]


def test_what_either_raises_is_raised(cores: int) -> None:
    for work in ((lambda: 1 // 0, lambda: 1), (lambda: 1, lambda: 1 // 0)):
        with pytest.raises(ZeroDivisionError):
            both(*work)


@two_cores
def test_a_helper_that_is_kept_busy_is_not_waited_for(cores: int) -> None:
    release = threading.Event()
    busy = halves._helper().submit(release.wait, 5)
    assert both(lambda: "upper", lambda: "lower") == ("upper", "lower")
    assert not busy.done()
    release.set()


@two_cores
@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="the system has no fork")
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_a_forked_process_has_both_results_too(cores: int) -> None:
    both(int, int)  # from here on there is a thread, which a fork has not
    results = multiprocessing.get_context("fork").SimpleQueue()
    forked = multiprocessing.get_context("fork").Process(target=lambda: results.put(both(lambda: 1, lambda: 2)))
    forked.start()
    forked.join(10)
    assert (forked.exitcode, results.get()) == (0, (1, 2))


def test_a_file_in_memory_works_without_its_system_call(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(2):
        with memory_file() as file:
            file.write(b"card")
            file.seek(0)
            assert file.read() == b"card"
        monkeypatch.delattr(os, "memfd_create", raising=False)

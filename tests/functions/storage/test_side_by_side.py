"""Tests that calls run at the same time, and that no error is lost."""

from threading import Barrier

import pytest

from adapters.storage.side_by_side import side_by_side


def test_all_calls_run_at_the_same_time():
    together = Barrier(3, timeout=60)  # raises unless three threads wait for each other
    assert side_by_side(lambda: together.wait() >= 0, together.wait, together.wait) is True


@pytest.mark.parametrize("failing", [0, 1, 2])
def test_an_error_is_raised_after_all_calls_have_ended(failing):
    ended = []

    def call(number: int) -> None:
        ended.append(number)
        if number == failing:
            raise TimeoutError(number)

    with pytest.raises(TimeoutError):
        side_by_side(lambda: call(0), lambda: call(1), lambda: call(2))
    assert sorted(ended) == [0, 1, 2]

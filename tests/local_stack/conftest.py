"""Serves small handlers through the real HTTP front over a real socket, and starts moto."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest

from local_stack.aws import moto_aws
from local_stack.command import listen
from local_stack.front import Dispatch, serving


@pytest.fixture(scope="session")
def _front() -> Iterator[SimpleNamespace]:
    current = SimpleNamespace(dispatch=None)
    with listen(0) as listener, serving(lambda event: current.dispatch(event), listener):
        current.base_url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        yield current


@pytest.fixture
def serve(_front: SimpleNamespace) -> Callable[[Dispatch], str]:
    """Returns a function that serves a handler instead of the previous one, and returns its base URL."""

    def put(dispatch: Dispatch) -> str:
        _front.dispatch = dispatch
        return _front.base_url

    return put


@pytest.fixture(scope="session")
def aws() -> Iterator[str]:
    with moto_aws() as endpoint:
        yield endpoint

"""Provides S3 in memory, and settings that a test changes."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from adapters.config.settings import settings
from support.aws_in_memory import aws_in_memory
from support.paths import ASSETS


@pytest.fixture(params=["in memory", pytest.param("moto", marks=pytest.mark.slow)])
def system(request: pytest.FixtureRequest) -> Iterator:
    """Provides AWS in memory, and (slow) moto's."""
    with ExitStack() as opened:
        in_memory = request.param == "in memory"
        yield opened.enter_context(aws_in_memory(ASSETS)) if in_memory else request.getfixturevalue("aws")


@pytest.fixture
def configure(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, str], None]]:
    """Sets an operator's choice by its environment variable."""

    def configure(name: str, value: str) -> None:
        monkeypatch.setenv(name, value)
        settings.cache_clear()

    yield configure
    monkeypatch.undo()
    settings.cache_clear()

"""Starts Storycard with a real Ghost and a real WordPress connected to it, as docs/webhooks.md describes."""

from collections.abc import Iterator

import pytest

from local_stack.command import listen
from local_stack.stack import local_stack
from support.cms_ghost import Ghost, running_ghost
from support.cms_wordpress import WordPress, running_wordpress
from support.reader import Reader

SECRET = "a-secret-of-the-newsroom"
SOURCES = f"""
[sources.ghost]
scheme = "ghost"
format = "ghost"
language = "en"
secrets = ["{SECRET}"]

[sources.wordpress]
scheme = "hmac-sha256"
format = "wordpress"
language = "en"
secrets = ["{SECRET}"]
"""


@pytest.fixture(scope="session")
def reader() -> Iterator[Reader]:
    with listen(0) as listener, local_stack(listener, SOURCES) as stack:
        yield Reader(stack.base_url, stack.resources)


@pytest.fixture(scope="session")
def ghost(reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ghost]:
    with running_ghost(tmp_path_factory.mktemp("ghost")) as ghost:
        ghost.add_webhooks(f"{reader.base_url}/webhooks/ghost", SECRET)
        yield ghost


@pytest.fixture(scope="session")
def wordpress(reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WordPress]:
    url = f"{reader.base_url}/webhooks/wordpress"
    with running_wordpress(tmp_path_factory.mktemp("wordpress"), url, SECRET) as wordpress:
        yield wordpress

"""Starts Storycard with a real Ghost and real WordPresses, connected as docs/webhooks.md and docs/cms/wordpress.md describe."""

import runpy
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from local_stack.client import new_webhook_secret
from local_stack.command import listen
from local_stack.stack import local_stack
from support.cms_ghost import Ghost, running_ghost
from support.cms_processes import free_port
from support.cms_wordpress import INSTALLED, NEWEST, WordPress, running_wordpress
from support.cms_wordpress_admin import connect
from support.paths import ROOT
from support.reader import Reader

SECRET, PLUGIN_SECRET = "a-secret-of-the-newsroom", new_webhook_secret()
# Two sites with the plugin, and one that is read by its REST API alone. All have posts of the same IDs.
PLUGIN_SITES = {"plugin": INSTALLED, "newest": NEWEST}
PULLED = "pulled"
PULLED_PORT = free_port()  # Storycard is told the address before WordPress has started
SOURCES = f"""
[sources.ghost]
scheme = "ghost"
format = "ghost"
language = "en"
secrets = ["{SECRET}"]

[cms]
url = "http://127.0.0.1:{PULLED_PORT}/index.php?rest_route=/wp/v2/posts/{{id}}&_embed=1"
format = "wordpress"
language = "en"
refresh_seconds = 10
id_prefix = "{PULLED}-"
""" + "".join(
    f"""
[sources.{name}]
scheme = "standard-webhooks"
format = "wordpress"
language = "en"
id_prefix = "{name}-"
secrets = ["{PLUGIN_SECRET}"]
"""
    for name in PLUGIN_SITES
)


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
def plugin_zip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    package = tmp_path_factory.mktemp("zip") / "storycard-wordpress.zip"
    runpy.run_path(str(ROOT / "integrations/wordpress/package.py"))["pack"](package)
    return package


@pytest.fixture(scope="session", params=[*PLUGIN_SITES, PULLED])
def wordpress(
    request: pytest.FixtureRequest, reader: Reader, plugin_zip: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[WordPress]:
    """A WordPress for each way to connect it, set up through its web pages only."""
    name = request.param
    installed = PLUGIN_SITES.get(name, INSTALLED)
    if not installed.exists():
        pytest.skip("needs Debian's packages of the newest WordPress")
    port = PULLED_PORT if name == PULLED else free_port()
    with ExitStack() as stack:
        site = stack.enter_context(running_wordpress(tmp_path_factory.mktemp(name), installed, f"{name}-", port))
        if name != PULLED:
            connect(site.base_url, plugin_zip, f"{reader.base_url}/webhooks/{name}", PLUGIN_SECRET)
        yield site

"""Runs a real Ghost, connects it to Storycard as docs/cms/ghost.md says, and writes posts through its Admin API.

https://docs.ghost.org/admin-api/
"""

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from local_stack.client import Answer, call
from support.cms_processes import free_port, running
from support.paths import ROOT

PACKAGE = ROOT / ".cms" / "package"
EVENTS = ("post.published", "post.published.edited", "post.unpublished", "post.deleted", "post.scheduled")
OWNER = {"email": "desk@news.example", "password": "correct horse 42 battery"}


@dataclass(frozen=True)
class Ghost:
    """A running Ghost and the session cookie of its owner."""

    base_url: str
    images: Path  # the folder of uploaded pictures
    cookie: str = ""

    def call(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Answer:
        """Calls the Admin API. Raises AssertionError for any answer but 2xx."""
        headers = {"content-type": "application/json", "origin": self.base_url, "cookie": self.cookie}
        answer = call(self.base_url, method, f"/ghost/api/admin/{path}", json.dumps(body).encode() if body else None, headers)
        assert 200 <= answer.status < 300, f"{method} {path}: {answer.status} {answer.body[:500]!r}"
        return answer

    def create(self, **fields: object) -> dict[str, Any]:
        """Creates a post from HTML and returns it."""
        return _post(self.call("POST", "posts/?source=html", {"posts": [fields]}))

    def edit(self, post: Mapping[str, Any], **fields: object) -> dict[str, Any]:
        """Changes fields of a post and returns it."""
        body = {"posts": [{"updated_at": post["updated_at"], **fields}]}
        return _post(self.call("PUT", f"posts/{post['id']}/?source=html&save_revision=true", body))

    def upload(self, photo: Path) -> str:
        """Adds a picture and returns its URL."""
        shutil.copy(photo, self.images)
        return f"{self.base_url}/content/images/{photo.name}"

    def delete(self, post: Mapping[str, Any]) -> None:
        """Deletes a post."""
        self.call("DELETE", f"posts/{post['id']}/")

    def add_webhooks(self, url: str, secret: str) -> None:
        """Adds a custom integration with one webhook for each event, all to the same URL."""
        [integration] = json.loads(self.call("POST", "integrations/", {"integrations": [{"name": "Storycard"}]}).body)[
            "integrations"
        ]
        for event in EVENTS:
            webhook = {"name": event, "event": event, "target_url": url, "secret": secret, "integration_id": integration["id"]}
            self.call("POST", "webhooks/", {"webhooks": [webhook]})


@contextmanager
def running_ghost(folder: Path) -> Iterator[Ghost]:
    """Runs Ghost in `folder` with a new database, and yields it with its owner signed in."""
    port = free_port()
    base_url = f"http://127.0.0.1:{port}"
    (folder / "current").symlink_to(PACKAGE)
    (folder / "config.development.json").write_text(json.dumps(_config(folder, base_url, port)), "utf-8")
    for name in ("data", "images", "media", "files", "logs", "settings", "themes", "public"):
        (folder / "content" / name).mkdir(parents=True)
    for theme in (PACKAGE / "content" / "themes").iterdir():
        (folder / "content" / "themes" / theme.name).symlink_to(theme)
    [node] = (ROOT / "tests/cms/node_modules").glob("node-linux-*/bin")
    environment = {"NODE_ENV": "development", "PATH": f"{node}{os.pathsep}{os.environ['PATH']}"}
    ghost = Ghost(base_url, folder / "content" / "images")

    def is_ready() -> bool:
        return call(base_url, "GET", "/ghost/api/admin/site/").status == 200

    with running(["node", "current/index.js"], folder / "ghost.log", is_ready, folder=folder, environment=environment):
        ghost.call("POST", "authentication/setup/", {"setup": [{"name": "Desk", "blogTitle": "The Ferry", **OWNER}]})
        session = ghost.call("POST", "session/", {"username": OWNER["email"], "password": OWNER["password"]})
        yield replace(ghost, cookie=session.headers["set-cookie"].split(";")[0])


def _config(folder: Path, base_url: str, port: int) -> dict[str, Any]:
    return {
        "url": base_url,
        "server": {"host": "127.0.0.1", "port": port},
        "database": {
            "client": "better-sqlite3",
            "connection": {"filename": str(folder / "ghost.db")},
            "useNullAsDefault": True,
        },
        "mail": {"transport": "Direct"},
        "logging": {"transports": ["stdout"], "level": "warn"},
        "paths": {"contentPath": str(folder / "content")},
        "privacy": {"useUpdateCheck": False, "useGravatar": False, "useRpcPing": False},
        "security": {"staffDeviceVerification": False},
    }


def _post(answer: Answer) -> dict[str, Any]:
    [post] = json.loads(answer.body)["posts"]
    return dict(post)

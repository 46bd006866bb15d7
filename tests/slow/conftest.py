"""The whole local system over HTTP, started once, for tests that come to it from outside."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from local_stack.client import Answer, call, new_token, new_webhook_secret
from local_stack.command import demo_source, demo_token, listen
from local_stack.stack import local_stack


@dataclass(frozen=True)
class System:
    """Where it answers, and a token that may do everything."""

    base_url: str
    token: str

    def get(self, path: str) -> Answer:
        return call(self.base_url, "GET", path)

    def put(self, article_id: str, **fields: object) -> None:
        headers = {"authorization": f"Bearer {self.token}", "content-type": "application/json"}
        answer = call(self.base_url, "PUT", f"/articles/{article_id}", json.dumps({"id": article_id, **fields}).encode(), headers)
        assert answer.status in (200, 201), answer.body


@pytest.fixture(scope="session")
def system() -> Iterator[System]:
    token = new_token()
    with listen(0) as listener, local_stack(listener, demo_source(new_webhook_secret()) + demo_token(token)) as stack:
        yield System(stack.base_url, token)

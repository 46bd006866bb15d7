"""Tests `/whoami` and `/catalogue`."""

import pytest

from http_api.app import handler
from support.lambda_events import call
from support.team_tokens import TOKENS, VIEWER


@pytest.fixture(autouse=True)
def _tokens(aws):
    aws.connect(TOKENS)


def test_returns_the_caller_and_the_catalogue(aws):
    assert call(handler, "GET", "/whoami", VIEWER).json == {"name": "viewer", "role": "viewer"}
    catalogue = call(handler, "GET", "/catalogue").json
    assert catalogue["kinds"] == ["headline", "bullet", "quote", "question", "carousel"]
    assert next(known for known in catalogue["formats"] if known["name"] == "story")["safe"]["top"] == 270
    assert "broadsheet" in [theme["name"] for theme in catalogue["themes"]]

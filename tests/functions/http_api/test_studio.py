"""Tests the delivery of the Studio's files, their Content-Security-Policy and the sign-in settings."""

import pytest

from adapters.config.settings import settings
from http_api.app import handler
from support.lambda_events import call
from support.team_tokens import TOKENS


@pytest.fixture(autouse=True)
def _tokens(aws):
    aws.connect(TOKENS)


@pytest.mark.parametrize("path", ["/studio", "/studio/index.html"])
def test_the_studio_has_a_strict_content_security_policy(endpoint, path):
    answer = call(handler, "GET", path)
    assert (answer.status, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert b"<script>" not in answer.body
    assert b" style=" not in answer.body
    assert b"<style" not in answer.body


@pytest.mark.parametrize("name", ["nothing.js", "..%2fformats.toml", "formats.toml", "../formats.toml"])
def test_serves_no_other_assets(endpoint, name):
    assert call(handler, "GET", f"/studio/{name}").status == 404


def test_offers_sign_in_if_it_is_configured(aws, oidc):
    assert call(handler, "GET", "/studio/sign-in").json["oidc"]["prefix"] == "/signed-in"
    assert "connect-src 'self' https://id.example;" in call(handler, "GET", "/studio").headers["content-security-policy"]
    settings.cache_clear()

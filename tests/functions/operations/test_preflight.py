"""Tests `storycard preflight` with answers of Lambda's GetAccountSettings."""

import boto3
import pytest
from botocore.stub import Stubber

from operations.preflight import command


@pytest.fixture
def account(monkeypatch):
    client = boto3.client("lambda", region_name="eu-central-1")
    monkeypatch.setattr(boto3, "client", lambda *_, **__: client)
    with Stubber(client) as stubber:
        yield stubber


def limited(account, total: int, unreserved: int) -> None:
    account.add_response(
        "get_account_settings",
        {"AccountLimit": {"ConcurrentExecutions": total, "UnreservedConcurrentExecutions": unreserved}},
    )


def test_says_how_much_can_be_reserved(account, capsys):
    limited(account, 1000, 950)
    assert command(["--reserve", "850"]) == 0
    assert "at most 850 together" in capsys.readouterr().out


def test_refuses_more_than_that(account, capsys):
    limited(account, 1000, 950)
    assert command(["--reserve", "851"]) == 1
    assert capsys.readouterr().err == "storycard: --reserve: expected at most 850, got 851\n"


def test_a_new_account_can_reserve_none_and_should_render_less_at_a_time(account, capsys):
    limited(account, 10, 10)
    assert command([]) == 0
    told = capsys.readouterr().out
    assert "leave at 0" in told
    assert "RenderConcurrency: set to 3" in told


def test_reports_what_aws_refuses(account, capsys):
    account.add_client_error("get_account_settings", "AccessDeniedException", "no")
    assert command([]) == 2
    assert "AccessDeniedException" in capsys.readouterr().err

"""Tests what the commands for operators share: finding the system, and exit statuses."""

import os

import pytest

from operations.places import exit_status, find_places
from support.web_server import web_server


def test_names_the_url_that_is_no_aws_endpoint(monkeypatch, capsys):
    monkeypatch.setattr(os, "environ", dict(os.environ))  # which --local replaces
    with web_server() as studio:
        assert exit_status(lambda: bool(find_places(None, studio.base_url))) == 2
    expected = f"--local: expected the URL that storycard serve prints after --local, got {studio.base_url}"
    assert expected in capsys.readouterr().err


def test_output_that_nobody_reads_is_no_error_of_aws():
    def write() -> int:
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        exit_status(write)

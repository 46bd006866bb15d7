"""Tests that moto does not list its folder for each request."""

import os

from moto import backends

from local_stack.moto_process import moto_server


def test_finding_the_service_of_a_request_lists_no_folder(monkeypatch):
    moto_server()
    monkeypatch.setattr(os, "listdir", lambda path: [])
    assert "s3" in backends.list_of_moto_modules()

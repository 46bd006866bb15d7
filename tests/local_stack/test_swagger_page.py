"""Tests local_stack.swagger_page: it serves the page's own files and nothing else."""

import re

import pytest

from local_stack.swagger_page import FILES, swagger_page


@pytest.mark.parametrize("path", FILES)
def test_serves_each_file_with_its_type(path: str) -> None:
    answer, head = swagger_page("GET", path), swagger_page("HEAD", path)
    assert answer.status == head.status == 200
    assert dict(answer.headers)[b"content-length"] == str(len(answer.body)).encode()
    assert (head.headers, head.body) == (answer.headers, b"")


def test_page_requests_nothing_from_other_hosts() -> None:
    page = swagger_page("GET", "/docs").body.decode()
    assert "/openapi.json" in page
    assert set(re.findall(r'(?:src|href)="([^"]+)"', page)) == FILES.keys() - {"/docs"}


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/docs"), ("GET", "/docs/"), ("GET", "/docs/../front.py"), ("GET", "/cards/a")]
)
def test_other_requests_go_to_the_functions(method: str, path: str) -> None:
    assert swagger_page(method, path) is None

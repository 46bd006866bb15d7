"""Tests what requests with a body that is no JSON are told."""

import pytest

from adapters.errors import BodyUnreadable
from adapters.web.request_body import json_fields


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b'{"to": "\xe9"}', "body: expected text in UTF-8, got byte 0xe9 at 8"),
        (b'{"to": ' + b"9" * 5_000 + b"}", "body: expected JSON, got a number too long to read"),
        (b"[" * 100_000, "body: expected JSON of a few levels, got hundreds of levels"),
        (b'["to"]', "body: expected a JSON object, got a list of 1"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_body_that_is_no_json_object_is_refused_with_its_fault(body: bytes, message: str) -> None:
    with pytest.raises(BodyUnreadable) as refused:
        json_fields(body, ("to",))
    assert str(refused.value) == message

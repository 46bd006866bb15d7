"""Tests conditional writes whose first attempt succeeded although its answer was lost, so that botocore's retry fails."""

import pytest
from botocore.exceptions import ClientError

from adapters.clients import s3
from adapters.storage.s3_objects import put_object


@pytest.fixture
def retried(aws, monkeypatch):
    """Makes each conditional write look like a retry after an attempt that succeeded."""
    put = s3().put_object

    def put_twice(**options: object) -> object:
        put(**options)
        try:
            return put(**options)
        except ClientError as error:
            error.response["ResponseMetadata"]["RetryAttempts"] = 1
            raise

    monkeypatch.setattr(s3(), "put_object", put_twice)
    return aws


def test_a_write_that_succeeded_counts(retried):
    assert put_object(retried.bucket, "maps/x.json", b"{}", IfNoneMatch="*")


def test_an_empty_object_is_not_read_since_the_functions_that_write_index_entries_may_not(retried, monkeypatch):
    monkeypatch.setattr(s3(), "get_object", lambda **_: pytest.fail("read"))
    put_object(retried.bucket, "index/received/ferry/-/-/x", b"", IfNoneMatch="*")
    assert retried.list_keys("index/") == ["index/received/ferry/-/-/x"]

"""Tests adapters.storage.failures: the order of failed deliveries over several pages."""

import json

import pytest

from adapters.clients import s3
from adapters.storage.failures import Failure, failed_deliveries, find_article_failure


@pytest.fixture
def small_pages(aws):
    """Makes S3 list two keys per page instead of 1,000."""

    def limit(params: dict, **_: object) -> None:
        params["MaxKeys"] = 2

    s3().meta.events.register("provide-client-params.s3.ListObjectsV2", limit)
    yield
    s3().meta.events.unregister("provide-client-params.s3.ListObjectsV2", limit)


@pytest.mark.usefixtures("small_pages")
def test_the_newest_failed_deliveries_come_first_from_any_page(aws):
    for number, key in enumerate("fbdaec"):  # their hashes are in another order than their times
        failure = Failure(f"message-{number}", "no headline", 1, "2026-03-01T10:00:00+00:00", key)
        body = json.dumps({name: getattr(failure, name) for name in Failure.__dataclass_fields__}).encode()
        s3().put_object(Bucket=aws.bucket, Key=f"failures/deliveries/{key}.json", Body=body)

    def date(parsed: dict, **_: object) -> None:  # LastModified has a resolution of one second
        for item in parsed.get("Contents", ()):
            item["LastModified"] = "fbdaec".index(item["Key"].rpartition("/")[2][0])

    s3().meta.events.register("after-call.s3.ListObjectsV2", date)
    try:
        assert [failure.inbox for failure in failed_deliveries(aws.bucket, 3)] == ["c", "e", "a"]
    finally:
        s3().meta.events.unregister("after-call.s3.ListObjectsV2", date)


@pytest.mark.parametrize("stored", [{}, {"field": "headline", "of_a_later_release": True}])
def test_reads_what_other_releases_have_stored(aws, stored):
    body = {"message_id": "m1", "reason": "no headline", "attempt": 1, "failed_at": "2026-03-01T10:00:00+00:00", "inbox": ""}
    s3().put_object(Bucket=aws.bucket, Key="failures/articles/ferry.json", Body=json.dumps(body | stored).encode())
    failure = find_article_failure(aws.bucket, "ferry")
    assert (failure.reason, failure.field) == ("no headline", stored.get("field", ""))

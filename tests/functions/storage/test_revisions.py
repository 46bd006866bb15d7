"""Tests conditional writes: the newest revision wins, whatever the order, conflicts and lost responses."""

import io
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from botocore.awsrequest import AWSResponse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from urllib3 import HTTPResponse

from adapters.clients import s3
from adapters.storage.article_store import find_article, put_if_newer
from adapters.storage.card_store import CardPlace, put_card
from adapters.storage.ownership import EDITORS
from adapters.storage.revisions import Revision, put_newest
from adapters.storage.s3_objects import get_object, put_object
from storycard.ingest import read_native
from support.lambda_events import as_body, native

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
numbers = count()


def revision(minute: int, received: int = 0, sha: str = "0") -> Revision:
    return Revision(NOON + timedelta(minutes=minute), NOON + timedelta(minutes=received), False, sha)


def test_a_newer_revision_replaces_an_older_one_only(aws):
    assert put_newest(aws.bucket, "thing", b"first", revision(1)) == "stored"
    assert put_newest(aws.bucket, "thing", b"second", revision(2)) == "stored"
    assert put_newest(aws.bucket, "thing", b"first", revision(1)) == "older"
    assert aws.body("thing") == b"second"


def test_the_same_revision_and_body_is_unchanged(aws):
    assert put_newest(aws.bucket, "thing", b"once", revision(1)) == "stored"
    assert put_newest(aws.bucket, "thing", b"once", revision(1)) == "unchanged"


def test_the_same_revision_with_another_body_is_stored(aws):
    put_newest(aws.bucket, "thing", b"by the last renderer", revision(1))
    assert put_newest(aws.bucket, "thing", b"by this renderer", revision(1)) == "stored"
    assert aws.body("thing") == b"by this renderer"


def test_the_later_delivery_wins_between_equal_dates(aws):
    put_newest(aws.bucket, "thing", b"later", revision(1, received=5))
    assert put_newest(aws.bucket, "thing", b"earlier", revision(1, received=4)) == "older"
    assert put_newest(aws.bucket, "thing", b"latest", revision(1, received=6)) == "stored"


def test_concurrent_writers_leave_the_newest_revision(aws):
    with ThreadPoolExecutor(12) as pool:
        outcomes = list(pool.map(lambda n: put_newest(aws.bucket, "thing", b"%d" % n, revision(n)), range(12)))
    assert aws.body("thing") == b"11"
    assert outcomes[11] == "stored"


def test_the_first_of_concurrent_card_writes_stays(aws):
    place = CardPlace("ferry", "0" * 16, "headline", "og", "png")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: put_card(aws.bucket, place, b"%d" % n, "Ferries"), range(8)))
    first = aws.body("cards/ferry/0000000000000000/headline-og.png")
    put_card(aws.bucket, place, b"late", "Ferries")
    assert aws.body("cards/ferry/0000000000000000/headline-og.png") == first


@pytest.fixture
def before_put(aws) -> Iterator[Callable]:
    """Passes the next PutObject to a function first, which may return a response instead of S3."""
    handlers = []

    def register(handler: Callable) -> None:
        handlers.append(handler)

    def hook(request, **_):
        return handlers.pop(0)(request) if handlers else None

    s3().meta.events.register("before-send.s3.PutObject", hook)
    yield register
    s3().meta.events.unregister("before-send.s3.PutObject", hook)
    assert handlers == []


@pytest.mark.parametrize("existing", [False, True])
@pytest.mark.parametrize("was_read", [False, True])
def test_keeps_a_newer_revision_written_between_reading_and_writing(aws, before_put, existing, was_read):
    if existing:
        put_newest(aws.bucket, "thing", b"oldest", revision(1))
    known = (get_object(aws.bucket, "thing"),) if was_read else ()
    before_put(lambda request: put_newest(aws.bucket, "thing", b"newest", revision(3)) and None)
    assert put_newest(aws.bucket, "thing", b"late", revision(2), known=known) == "older"
    assert aws.body("thing") == b"newest"


def test_retries_a_conditional_request_conflict(aws, before_put):
    def conflict(request):
        raw = HTTPResponse(io.BytesIO(b"<Error><Code>ConditionalRequestConflict</Code></Error>"), preload_content=False)
        return AWSResponse(request.url, 409, {"content-type": "application/xml"}, raw)

    for _ in range(2):  # as S3 does while another write of the key is in progress; moto never does
        before_put(conflict)
    place = CardPlace("ferry", "0" * 16, "headline", "og", "png")
    put_card(aws.bucket, place, b"a card", "Ferries")
    assert aws.body(place.key) == b"a card"


@pytest.mark.parametrize(("existing", "written"), [(b"a card", True), (b"another card", False)])
def test_a_retry_that_finds_its_own_first_attempt_counts_as_written(aws, before_put, existing, written):
    """As if the first attempt had reached S3, and its response had been lost on the way back."""

    def store_and_lose_response(request):
        s3().put_object(Bucket=aws.bucket, Key="thing", Body=existing)
        return AWSResponse(request.url, 503, {}, HTTPResponse(io.BytesIO(b""), preload_content=False))

    before_put(store_and_lose_response)
    assert put_object(aws.bucket, "thing", b"a card", IfNoneMatch="*") is written
    assert aws.body("thing") == existing


def ferry(headline: str, received: int, aws, **fields: object) -> str:
    """Stores an undated article that was received at this minute."""
    source = as_body(native("ferry", headline=headline, updated_at=None, **fields))
    return put_if_newer(aws.bucket, read_native(source), source, NOON + timedelta(minutes=received), sender=EDITORS)


def test_an_earlier_text_restored_between_head_and_put_stays(aws, before_put):
    """The restored text has the same bytes, so only the revision in the object gives it another ETag."""
    ferry("A", 1, aws)
    before_put(lambda request: ferry("A", 3, aws) and None)
    assert ferry("B", 2, aws) == "older"
    assert find_article(aws.bucket, "ferry").article.headline == "A"


def test_a_second_withdrawal_between_head_and_put_leaves_no_text(aws, before_put):
    ferry("A", 1, aws, status="withdrawn")
    withdrawing = []

    def withdraw(request) -> None:
        if request.url.endswith("/source.json") and not withdrawing:
            withdrawing.append(True)
            ferry("A", 3, aws, status="withdrawn")

    for _ in range(4):  # one of them writes the source, at the same time as the index
        before_put(withdraw)
    ferry("B", 2, aws)
    assert withdrawing
    assert b"Ida Holm" not in aws.body("articles/ferry/article.json") + aws.body("articles/ferry/source.json")


def test_a_retry_restores_the_missing_source_and_an_older_source_is_never_stored(aws):
    older = as_body(native("ferry", updated_at="2026-03-01T10:00:00Z"))
    newer = as_body(native("ferry", updated_at="2026-03-01T11:00:00Z"))
    put_if_newer(aws.bucket, read_native(newer), newer, NOON, sender=EDITORS)
    s3().delete_object(Bucket=aws.bucket, Key="articles/ferry/source.json")  # as if the writer had died between the two writes
    assert put_if_newer(aws.bucket, read_native(older), older, NOON, sender=EDITORS) == "older"
    assert aws.list_keys("articles/") == ["articles/ferry/article.json"]
    assert put_if_newer(aws.bucket, read_native(newer), newer, NOON, sender=EDITORS) == "unchanged"
    assert aws.body("articles/ferry/source.json") == newer


@pytest.fixture(scope="module")
def bucket(endpoint):
    """Creates one bucket for all examples of a property; each example uses its own article."""
    s3().create_bucket(Bucket="properties")
    return "properties"


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_order_of_deliveries_ends_with_the_newest_article_and_its_source(bucket, data):
    article_id = f"ferry-{next(numbers)}"
    # In order of receipt. The undated third counts as modified when it was received.
    sources = [
        as_body(native(article_id, headline="First", updated_at="2026-03-01T12:00:10Z")),
        as_body(native(article_id, headline="Corrected", updated_at="2026-03-01T12:00:20Z")),
        as_body(native(article_id, headline="Undated", updated_at=None)),
        as_body(native(article_id, headline="Sent late", updated_at="2026-03-01T12:00:05Z")),
    ]
    order = data.draw(st.permutations(range(4)))
    for index in order + data.draw(st.lists(st.sampled_from(order), max_size=3)):
        received_at = NOON + timedelta(minutes=1 + index)
        put_if_newer(bucket, read_native(sources[index]), sources[index], received_at, sender=EDITORS)
    assert find_article(bucket, article_id).article.headline == "Undated"
    assert get_object(bucket, f"articles/{article_id}/source.json").body == sources[2]

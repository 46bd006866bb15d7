"""Tests leases: concurrent requests share one render, and expired leases are taken over."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from types import SimpleNamespace

import pytest
from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2

import storycard.render
from adapters.clients import s3
from adapters.config.settings import settings
from adapters.errors import CardBusy
from adapters.storage import leases
from adapters.storage.card_store import newest_key
from http_api.cards.card_images import newest_card
from http_api.request_context import RequestContext
from publishing.cards.render_job import assets_in
from support.stored_articles import store_article

REQUEST = {"headers": {}, "rawPath": "/", "requestContext": {"domainName": "cards.example", "http": {"method": "GET"}}}


def request_card(seconds: float = 30):
    return newest_card(
        RequestContext(APIGatewayProxyEventV2(REQUEST), settings(), time.monotonic() + seconds), "ferry", "headline", "og", "png"
    )


@pytest.fixture
def ferry(aws):
    store_article(aws)
    assets_in(settings())  # loaded once, not by 200 threads that a function never has
    return SimpleNamespace(bucket=aws.bucket, store=partial(store_article, aws), keys=aws.list_keys)


@pytest.fixture
def renders(monkeypatch):
    """Records every render, and slows it down so that concurrent requests arrive before it ends."""
    started = []
    render_card = storycard.render.render_card

    def slow(*args, **kwargs):
        started.append(args)
        time.sleep(0.3)
        return render_card(*args, **kwargs)

    monkeypatch.setattr(storycard.render, "render_card", slow)
    return started


@pytest.fixture
def busy_machine(monkeypatch):
    """Lets a render take minutes: 200 threads share this process with moto, and each waits for its turn."""
    monkeypatch.setattr(leases, "LEASE", timedelta(minutes=10))


def all_at_once(count: int) -> list:
    gate = threading.Barrier(count)

    def one(_: int):
        gate.wait()
        return request_card(seconds=600)  # for 200 threads of one process on a busy machine

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


@pytest.mark.parametrize("count", [12, pytest.param(200, marks=pytest.mark.slow)])
@pytest.mark.usefixtures("busy_machine")
def test_concurrent_requests_share_one_render(ferry, renders, count):
    answers = all_at_once(count)
    assert len(renders) == 1
    assert [answer.status_code for answer in answers] == [200] * count
    assert len({answer.body for answer in answers}) == 1
    assert ferry.keys("leases/") == []


def test_takes_over_an_expired_lease(ferry, monkeypatch):
    monkeypatch.setattr(leases, "_take", lambda *_: True)
    monkeypatch.setattr(leases, "delete_object", lambda *_: None)
    request_card()
    monkeypatch.undo()
    [card] = ferry.keys("cards/")
    s3().delete_object(Bucket=ferry.bucket, Key=card)
    s3().put_object(Bucket=ferry.bucket, Key=card.replace("cards/", "leases/"), Body=b"")
    with pytest.raises(CardBusy):
        request_card(seconds=2.5)
    monkeypatch.setattr(leases, "LEASE", timedelta(0))
    assert request_card().status_code == 200


def test_serves_an_older_card_past_the_deadline(ferry):
    older = request_card()
    ferry.store(headline="Harbour ferries stop at midnight", updated_at="2026-03-01T11:00:00Z")
    [card] = ferry.keys("cards/")
    newer = request_card()
    [lease] = {key.replace("cards/", "leases/") for key in ferry.keys("cards/")} - {card.replace("cards/", "leases/")}
    s3().delete_object(Bucket=ferry.bucket, Key=lease.replace("leases/", "cards/"))
    s3().put_object(Bucket=ferry.bucket, Key=lease, Body=b"")
    answer = request_card(seconds=2.2)
    assert answer.status_code == 200
    assert answer.body == older.body != newer.body
    assert answer.headers["Cache-Control"] == "public, max-age=5"


def test_the_older_card_has_the_same_kind_and_format(aws):
    for key in ("v2/headline-og.png", "v1/headline-og.png", "v3/quote-og.png", "v3/headline-x.png"):
        s3().put_object(Bucket=aws.bucket, Key=f"cards/ferry/{key}", Body=b"")
        if key == "v2/headline-og.png":
            time.sleep(1.05)  # LastModified has a resolution of one second
    assert newest_key(aws.bucket, "ferry", {"headline-og.png"}) == "cards/ferry/v1/headline-og.png"
    assert newest_key(aws.bucket, "ferry", {"bullet-og.png"}) is None


def test_an_error_releases_the_lease(ferry, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(storycard.render, "render_card", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            request_card()
    assert request_card().status_code == 200


def test_does_not_render_again_what_the_previous_holder_just_finished(aws):
    found = iter([None, None, "card"])  # missing at both polls, stored before the lease is taken
    key = "ferry/v1/headline-og.png"
    s3().put_object(Bucket=aws.bucket, Key=f"leases/{key}", Body=b"")

    def find() -> str | None:
        s3().delete_object(Bucket=aws.bucket, Key=f"leases/{key}")  # the holder releases it right after the first poll
        return next(found)

    def make() -> None:
        pytest.fail("rendered twice")

    assert leases.make_once(aws.bucket, key, find, make, seconds=5) == "card"


def test_a_waiter_makes_few_calls(aws):
    methods = []
    s3().put_object(Bucket=aws.bucket, Key="leases/ferry/v1/headline-og.png", Body=b"")
    s3().meta.events.register("before-send.s3", lambda request, **_: methods.append(request.method), "calls")

    def find() -> None:
        leases.head_object(aws.bucket, "cards/ferry/v1/headline-og.png")

    try:
        assert leases.make_once(aws.bucket, "ferry/v1/headline-og.png", find, pytest.fail, seconds=2) is None
    finally:
        s3().meta.events.unregister("before-send.s3", unique_id="calls")
    assert set(methods) == {"HEAD"}
    assert len(methods) <= 13

"""Tests that a flood of requests for unknown articles reaches a slow or failing CMS a bounded number of times."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from adapters import clients
from adapters.config.settings import settings
from adapters.errors import ArticleSourceDown
from adapters.storage.freshness import Freshness, put_freshness
from adapters.storage.s3_objects import put_object
from http_api.app import handler
from publishing.intake import cms_gate
from publishing.intake.article_lookup import stored_article
from support.lambda_events import as_body, call, native
from support.metrics import measured
from support.stored_articles import store_article
from support.web_server import page, raw, web_server

pytestmark = pytest.mark.usefixtures("one_format")  # renders less


@pytest.fixture
def cms(aws):
    with web_server() as site:
        aws.connect(f'[cms]\nurl = "{site.base_url}/{{id}}"\nformat = "native"\n')
        yield site


def look_up(article_id: str) -> str:
    try:
        return "absent" if stored_article(settings(), article_id) is None else "found"
    except ArticleSourceDown:
        return "down"


def close_until(aws, seconds: float, failures: int = cms_gate.FAILURES) -> None:
    """Stores the breaker, negative seconds as if the pause had passed, and forgets what this process remembers of it."""
    cms_gate.closed_until.clear()
    until = datetime.now(UTC) + timedelta(seconds=seconds)
    put_object(aws.bucket, "lookups/=cms", b"", Metadata={"failures": str(failures), "until": until.isoformat()})


def test_a_failing_cms_is_not_asked_for_other_articles_either(aws, cms):
    cms.pages.update({f"/{number}": page(b"", 500) for number in range(6)})
    assert [look_up(str(number)) for number in range(6)] == ["down"] * 6
    assert len(cms.requests) == cms_gate.FAILURES


def test_ids_that_the_cms_finds_malformed_close_nothing(aws, cms):
    cms.pages.update({f"/bad-{status}": page(b"", status) for status in (400, 414, 422)})
    cms.pages["/ferry"] = page(as_body(native("ferry")))
    assert [look_up(name) for name in ("bad-400", "bad-414", "bad-422", "ferry")] == ["down", "down", "down", "found"]


def test_answers_that_are_no_outage_close_nothing(aws, cms):
    answers = [page(b"", 302, Location="https://elsewhere.example/"), page(b"", 304), page(b"", 418), page(b"", 405)]
    cms.pages.update({f"/story-{number}": answer for number, answer in enumerate(answers)})
    assert [look_up(f"story-{number}") for number in range(4)] == ["down"] * 4
    assert len(cms.requests) == 4


def test_overload_errors_and_cut_connections_close_the_gate(aws, cms):
    answers = [page(b"", 429), page(b"", 503), raw(b""), page(as_body(native("story-3")))]
    cms.pages.update({f"/story-{number}": answer for number, answer in enumerate(answers)})
    assert [look_up(f"story-{number}") for number in range(4)] == ["down"] * 4
    assert len(cms.requests) == cms_gate.FAILURES


def make_due(aws, article_id: str) -> None:
    put_freshness(aws.bucket, article_id, Freshness(datetime.now(UTC) - timedelta(seconds=1)))


def is_withdrawn(article_id: str) -> bool:
    return stored_article(settings(), article_id).article.status == "withdrawn"


def test_failed_lookups_of_unknown_ids_do_not_hide_a_withdrawal(aws, cms):
    cms.pages["/ferry"] = page(as_body(native("ferry")))
    assert look_up("ferry") == "found"
    names = [f"story-{number}" for number in range(cms_gate.FAILURES + 1)]
    cms.pages.update({f"/{name}": page(b"", 500) for name in names} | {"/ferry": page(b"", 404)})
    assert [look_up(name) for name in names] == ["down"] * len(names)
    make_due(aws, "ferry")
    assert is_withdrawn("ferry")


def test_running_lookups_of_unknown_ids_do_not_hide_a_withdrawal(aws, cms):
    cms.pages["/ferry"] = page(as_body(native("ferry")))
    assert look_up("ferry") == "found"
    cms.pages["/ferry"] = page(b"", 404)
    hold_all_slots(aws)
    assert look_up("tram") == "down"
    make_due(aws, "ferry")
    assert is_withdrawn("ferry")


def test_failed_refreshes_are_held_back_too(aws, cms):
    names = [f"story-{number}" for number in range(cms_gate.FAILURES + 1)]
    cms.pages.update({f"/{name}": page(as_body(native(name))) for name in names})
    assert [look_up(name) for name in names] == ["found"] * len(names)
    cms.requests.clear()
    cms.pages.update({f"/{name}": page(b"", 500) for name in names})
    for name in names:
        make_due(aws, name)
        assert not is_withdrawn(name)
    assert len(cms.requests) == cms_gate.FAILURES


def test_it_is_asked_again_after_ten_seconds_and_one_answer_clears_its_failures(aws, cms):
    cms.pages["/ferry"] = page(as_body(native("ferry")))
    cms.pages["/tram"] = page(b"", 500)
    close_until(aws, 5)
    assert look_up("ferry") == "down"
    close_until(aws, -1)
    assert look_up("ferry") == "found"
    assert look_up("tram") == "down"
    assert look_up("museum") == "absent"  # one failure after a success closes nothing
    assert len(cms.requests) == 3


def test_one_failure_after_the_pause_closes_the_gate_again(aws, cms):
    cms.pages["/ferry"] = page(b"", 500)
    close_until(aws, -1)
    assert [look_up(name) for name in ("ferry", "tram")] == ["down", "down"]
    assert len(cms.requests) == 1


def test_a_slow_cms_gets_a_bounded_number_of_requests_at_a_time(aws, cms, monkeypatch):
    monkeypatch.setattr(cms_gate, "IN_FLIGHT", 2)
    names = [f"story-{number}" for number in range(12)]
    cms.pages.update({f"/{name}": page(as_body(native(name)), delay=1.0) for name in names})
    with ThreadPoolExecutor(12) as pool:
        found = list(pool.map(look_up, names))
    assert sorted(set(found)) == ["down", "found"]
    assert found.count("found") == len(cms.requests) == 2
    assert aws.list_keys("leases/") == []


def test_one_lookup_at_a_time_finds_out_whether_the_cms_is_back(aws, cms):
    names = [f"story-{number}" for number in range(6)]
    cms.pages.update({f"/{name}": page(b"", 500, delay=1.0) for name in names})
    close_until(aws, -1)
    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(look_up, names)) == ["down"] * 6
    assert len(cms.requests) == 1


def test_a_reader_gets_503_and_the_number_is_measured(aws, cms, capsys):
    close_until(aws, 5)
    answer = call(handler, "GET", "/cards/ferry/headline/og.png")
    assert (answer.status, answer.headers["content-type"]) == (503, "image/png")
    assert measured(capsys)["CmsLookupsHeldBack"] == [1]
    assert aws.list_keys("lookups/") == ["lookups/=cms"]


@pytest.fixture
def s3_calls(aws) -> Iterator[list[str]]:
    """Lists the operations and keys of all calls to S3 during the test."""
    made: list[str] = []

    def before(params: dict, model, **_) -> None:
        made.append(f"{model.name} {params.get('Key', '')}")

    clients.s3().meta.events.register("provide-client-params.s3", before)
    yield made
    clients.s3().meta.events.unregister("provide-client-params.s3", before)


def hold_all_slots(aws) -> None:
    for slot in range(cms_gate.IN_FLIGHT):
        put_object(aws.bucket, f"leases/lookups/=cms/{slot}", b"")


@pytest.mark.parametrize("close", [lambda aws: close_until(aws, 5), hold_all_slots], ids=["failing", "busy"])
def test_while_a_process_knows_that_the_gate_is_closed_an_unknown_id_costs_one_read(aws, cms, s3_calls, close, monkeypatch):
    monkeypatch.setattr(cms_gate, "MEMORY", 60.0)  # this machine may be slow
    close(aws)
    assert look_up("first") == "down"
    s3_calls.clear()
    assert [look_up(f"story-{number}") for number in range(3)] == ["down"] * 3
    assert s3_calls == [f"GetObject articles/story-{number}/article.json" for number in range(3)]


def test_an_article_that_a_webhook_brings_is_seen_at_once_while_the_gate_is_closed(aws, cms):
    close_until(aws, 5)
    assert look_up("ferry") == "down"
    store_article(aws)
    assert look_up("ferry") == "found"


def test_a_process_finds_out_after_a_second_that_the_gate_is_open(aws, cms):
    cms.pages["/ferry"] = page(as_body(native("ferry")))
    close_until(aws, 5)
    before = time.monotonic()
    assert look_up("ferry") == "down"
    remembered = cms_gate.closed_until[cms_gate.LOOKUPS]
    assert before < remembered <= time.monotonic() + 1
    close_until(aws, -1)
    cms_gate.closed_until[cms_gate.LOOKUPS] = remembered + 60
    assert look_up("ferry") == "down"
    cms_gate.closed_until[cms_gate.LOOKUPS] = time.monotonic()
    assert look_up("ferry") == "found"

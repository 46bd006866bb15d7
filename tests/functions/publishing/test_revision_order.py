"""Checks the rule of docs/webhooks.md, "Which revision wins", through the webhook and the editors' API."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from publishing.intake.cms_requests import CmsAnswer
from support.cms_signers import SIGNERS
from support.lambda_events import as_body, native
from support.newsroom import START, Newsroom, newsroom
from support.newsroom_events import ARTICLE, SOURCES, Event, body
from support.newsroom_model import Model, play

MINUTE = 60
FAR_DATES = pytest.mark.parametrize("date", ["9999-12-31T23:59:59Z", "9999-12-31T23:59:59.999999Z", "0001-01-01T00:00:00Z"])
UNSIGNED = pytest.mark.parametrize("scheme", ["hmac-sha256", "storyblok", "static-header", "ghost-body-only"])


@pytest.fixture
def desk() -> Iterator[Newsroom]:
    with newsroom() as system:
        yield system


def at(seconds: float) -> str:
    return (START + timedelta(seconds=seconds)).isoformat()


def ferry(headline: str = "Ferries", **fields: object) -> dict:
    return {"id": "ferry", "headline": headline, "language": "en", **fields}


def wordpress(headline: str, status: str, date: str, modified: str) -> dict:
    return {
        "id": 7,
        "title": {"rendered": headline},
        "status": status,
        "lang": "en",
        "date_gmt": date[:19],
        "modified_gmt": modified[:19],
    }


def ghost(event: str, headline: str, status: str, published_at: str, updated_at: str) -> dict:
    post = {"id": "7", "title": headline, "status": status, "published_at": published_at, "updated_at": updated_at}
    return {"event": event, "post": {"current": post | {"locale": "en"}, "previous": {}}}


def test_a_withdrawal_beats_the_planned_date_of_an_embargoed_article(desk):
    desk.post("ghost", "native", ferry(published_at=at(200), embargo_until=at(200), updated_at=at(-5)))
    desk.wait(1)
    desk.post("ghost", "native", {"id": "ferry", "status": "withdrawn", "updated_at": at(0)})
    desk.wait(300)
    assert desk.headline("ferry") is None


def test_a_withdrawal_beats_a_planned_date_without_a_date_of_the_last_change(desk):
    desk.post("ghost", "native", ferry(published_at=at(200), embargo_until=at(200)))
    desk.wait(1)
    desk.post("ghost", "native", {"id": "ferry", "status": "withdrawn"})
    desk.wait(300)
    assert desk.headline("ferry") is None


def test_a_withdrawal_beats_an_embargo_that_has_ended_when_its_article_arrives(desk):
    """The article says when it was to be published, not when it was changed, so it counts from its receipt."""
    desk.post("ghost", "native", {"id": "ferry", "status": "withdrawn", "updated_at": at(0)}, sent_at=START)
    late = desk.wait(2)
    desk.post("ghost", "native", ferry(published_at=at(1), embargo_until=at(1), updated_at=at(-5)), sent_at=late)
    assert desk.headline("ferry") is None


def test_wordpress_publishes_now_what_was_scheduled_for_tomorrow(desk):
    desk.post("hmac-sha256", "wordpress", wordpress("Draft", "draft", at(0), at(0)))
    desk.wait(MINUTE)
    desk.post("hmac-sha256", "wordpress", wordpress("Scheduled", "future", at(86_400), at(MINUTE)))
    desk.wait(MINUTE)
    desk.post("hmac-sha256", "wordpress", wordpress("Published", "publish", at(2 * MINUTE), at(2 * MINUTE)))
    assert desk.headline("7") == "Published"
    desk.wait(MINUTE)
    desk.post("hmac-sha256", "wordpress", wordpress("Edited", "publish", at(2 * MINUTE), at(3 * MINUTE)))
    assert desk.headline("7") == "Edited"


def test_wordpress_publishes_a_scheduled_post_without_changing_its_date(desk):
    """Its cron job changes the status alone, so the later arrival decides."""
    desk.post("hmac-sha256", "wordpress", wordpress("Scheduled", "future", at(MINUTE), at(0)))
    desk.wait(MINUTE)
    desk.post("hmac-sha256", "wordpress", wordpress("Published", "publish", at(MINUTE), at(0)))
    assert desk.headline("7") == "Published"


def test_ghost_publishes_now_what_was_scheduled_for_tomorrow(desk):
    desk.post("ghost", "ghost", ghost("post.scheduled", "Scheduled", "scheduled", at(86_400), at(0)))
    desk.wait(MINUTE)
    desk.post("ghost", "ghost", ghost("post.published", "Published", "published", at(MINUTE), at(MINUTE)))
    assert desk.headline("7") == "Published"


@pytest.mark.parametrize("first_date", [None, at(0.05), at(0)])
@pytest.mark.parametrize("last", [ferry("Corrected"), {"id": "ferry", "status": "withdrawn"}], ids=["correction", "withdrawal"])
def test_the_second_event_of_a_signed_second_wins(desk, first_date, last):
    """Standard Webhooks signs whole seconds. Forty trials, since a tie must not depend on a hash."""
    for trial in range(40):
        name = f"ferry-{trial}"
        first = ferry("First", updated_at=first_date) if first_date else ferry("First")
        desk.post("standard-webhooks", "native", first | {"id": name, "deck": str(trial)})
        desk.wait(0.001)
        desk.post("standard-webhooks", "native", last | {"id": name})
        assert desk.headline(name) == last.get("headline")
        desk.wait(-0.001)


def test_a_dated_withdrawal_wins_over_an_undated_article_of_the_same_signed_second(desk):
    desk.post("standard-webhooks", "native", ferry("First"))
    desk.wait(0.2)
    desk.post("standard-webhooks", "native", {"id": "ferry", "status": "withdrawn", "updated_at": at(0.1)})
    assert desk.headline("ferry") is None


def test_a_date_in_whole_seconds_outranks_an_editor_s_call_in_that_second(desk):
    desk.put(ferry("Editor's", id="7"))
    desk.wait(0.3)
    desk.post("hmac-sha256", "wordpress", wordpress("Trashed", "trash", at(-60)[:19], at(0)[:19]))
    assert desk.headline("7") is None


def test_a_publication_date_that_is_the_end_of_the_embargo_is_no_modification_time(desk):
    desk.post("ghost", "native", {"id": "ferry", "status": "withdrawn", "updated_at": at(-30)})
    desk.wait(60)
    desk.post("ghost", "native", ferry("Planned", published_at=at(-60), embargo_until=at(-60)))
    assert desk.headline("ferry") == "Planned"


@pytest.mark.parametrize("mark", [{"type": "page"}, {"type": "product"}, {"post_type": "longread"}])
def test_a_public_wordpress_post_that_becomes_a_page_or_another_type_is_withdrawn(desk, mark):
    desk.post("hmac-sha256", "wordpress", wordpress("Public", "publish", at(-60), at(-60)))
    desk.wait(MINUTE)
    desk.post("hmac-sha256", "wordpress", wordpress("Public", "publish", at(-60), at(MINUTE)) | mark)
    assert desk.headline("7") is None


@pytest.mark.parametrize("kind", ["comment", "revision"])
def test_wordpress_content_of_another_id_space_withdraws_nothing(desk, kind):
    desk.post("hmac-sha256", "wordpress", wordpress("Public", "publish", at(-60), at(-60)))
    desk.post("hmac-sha256", "wordpress", {"id": 7, "type": kind, "status": "publish"})
    assert desk.headline("7") == "Public"


def test_a_withdrawal_wins_a_tie_of_date_and_arrival(desk):
    for trial in range(20):
        events = [ferry("First", id=f"ferry-{trial}"), {"id": f"ferry-{trial}", "status": "withdrawn"}]
        for event in events if trial % 2 else events[::-1]:
            desk.post("ghost", "native", event)
        assert desk.headline(f"ferry-{trial}") is None


def test_the_worker_computes_the_same_order_again(desk):
    desk.post("standard-webhooks", "native", ferry("First"))
    desk.wait(0.001)
    desk.post("standard-webhooks", "native", ferry("Corrected"))
    desk.wait(MINUTE)
    desk.work()
    assert desk.headline("ferry") == "Corrected"


@FAR_DATES
@pytest.mark.parametrize("field", ["published_at", "updated_at", "embargo_until"])
def test_an_editor_withdraws_an_article_of_any_date(desk, date, field):
    assert desk.post("ghost", "native", ferry(**{field: date})).status == 202
    assert desk.delete("ferry").status == 204
    desk.wait(1)
    assert desk.headline("ferry") is None


@FAR_DATES
@pytest.mark.parametrize("field", ["published_at", "updated_at", "embargo_until"])
def test_a_webhook_withdraws_an_article_of_any_date(desk, date, field):
    desk.post("ghost", "native", ferry(**{field: date}))
    desk.wait(1)
    answer = desk.post("ghost", "native", {"id": "ferry", "status": "withdrawn"})
    assert (answer.status, answer.json["article"]) == (202, "stored")


@FAR_DATES
def test_a_correction_replaces_an_article_of_a_mistyped_year(desk, date):
    desk.post("ghost", "native", ferry("First", updated_at=date))
    desk.wait(1)
    desk.post("ghost", "native", ferry("Corrected", updated_at=at(1)))
    assert desk.headline("ferry") == "Corrected"


def test_an_editor_s_call_replaces_a_newer_revision(desk):
    desk.post("ghost", "native", ferry("First", updated_at=at(0)))
    assert desk.put(ferry("Put", updated_at="2020-01-01T00:00:00Z")).status == 200
    assert desk.headline("ferry") == "Put"
    desk.wait(1)
    assert desk.delete("ferry").status == 204
    assert desk.put(ferry("Put again", updated_at="2020-01-01T00:00:00Z")).status == 200
    assert desk.headline("ferry") == "Put again"


def test_an_editor_s_call_replaces_a_revision_of_a_clock_that_runs_ahead(desk):
    fast = START + timedelta(minutes=4)
    desk.post("standard-webhooks", "native", ferry("First"), sent_at=fast)
    assert desk.delete("ferry").status == 204
    assert desk.headline("ferry") is None


def test_withdrawing_again_outranks_what_was_published_in_between(desk):
    desk.put(ferry("First"))
    desk.delete("ferry")
    desk.wait(MINUTE)
    desk.delete("ferry")
    desk.post("ghost", "native", ferry("Late", updated_at=at(MINUTE / 2)))
    assert desk.headline("ferry") is None


@UNSIGNED
def test_the_same_bytes_after_another_revision_are_an_event_of_their_own(desk, scheme):
    for headline in ("A", "B", "A", "B", "A"):
        assert desk.post(scheme, "native", ferry(headline)).status == 202
        assert desk.headline("ferry") == headline
        desk.wait(20)
    assert len(desk.inbox()) == 5
    desk.work()
    assert desk.headline("ferry") == "A"


@UNSIGNED
def test_the_same_withdrawal_after_a_republication_withdraws_again(desk, scheme):
    for event, seen in ((ferry("A"), "A"), ({"id": "ferry", "status": "withdrawn"}, None)) * 3:
        desk.post(scheme, "native", event)
        assert desk.headline("ferry") == seen
        desk.wait(20)


@UNSIGNED
def test_the_same_bytes_are_a_retry_while_they_are_the_newest(desk, scheme):
    assert [desk.post(scheme, "native", ferry("A")).status for _ in range(3)] == [202, 200, 200]
    assert len(desk.inbox()) == 1


@UNSIGNED
def test_the_same_bytes_are_a_retry_if_their_first_delivery_failed(desk, scheme, monkeypatch):
    def fail(*_: object, **__: object) -> None:
        raise OSError("as if S3 did not answer")

    for step in ("store_delivery", "enqueue"):
        with monkeypatch.context() as patch:
            patch.setattr(f"cms_webhook.app.{step}", fail)
            assert desk.post(scheme, "native", ferry("A")).status == 500
        desk.wait(20)
        desk.post(scheme, "native", ferry("B"))
        desk.wait(20)
        assert desk.post(scheme, "native", ferry("A")).status == 200
        assert desk.headline("ferry") == "B"
        desk.wait(600)


def test_an_article_withdrawn_while_it_is_fetched_stays_withdrawn(desk, monkeypatch):
    """Storyblok sends IDs alone. What the CMS answered may be older than a withdrawal that arrived meanwhile."""

    def answer_slowly(*_: object) -> CmsAnswer:
        desk.wait(2)
        desk.post("storyblok", "storyblok", {"action": "unpublished", "story_id": 7, "space_id": 1})
        desk.wait(2)
        return CmsAnswer(as_body(ferry("Killed", id="7")))

    desk.post("storyblok", "storyblok", {"action": "published", "story_id": 7, "space_id": 1})
    monkeypatch.setattr("publishing.intake.article_lookup.ask_cms", answer_slowly)
    desk.work()
    assert desk.headline("7") is None


def test_never_public_articles_are_unknown_after_their_withdrawal(desk):
    """404 as for any unknown article: 410 would tell strangers that there was an article."""
    desk.post("ghost", "native", ferry(embargo_until="2999-01-01T00:00:00Z"))
    desk.post("ghost", "native", native("draft", status="draft"))
    desk.put(native("put", status="draft"))
    desk.post("ghost", "native", native("public"))
    desk.wait(1)
    for article_id in ("ferry", "draft", "public"):
        for _ in range(2):
            desk.post("ghost", "native", {"id": article_id, "status": "withdrawn"})
            desk.wait(1)
    desk.delete("put")
    desk.work()
    statuses = {article_id: desk.status(article_id) for article_id in ("ferry", "draft", "put", "public")}
    assert statuses == {"ferry": 404, "draft": 404, "put": 404, "public": 410}


def test_a_draft_of_a_public_article_withdraws_it_and_one_under_embargo_becomes_a_draft(desk):
    desk.post("ghost", "native", native("public", updated_at=at(0)))
    desk.post("ghost", "native", native("embargoed", updated_at=at(0), embargo_until="2999-01-01T00:00:00Z"))
    desk.wait(1)
    for article_id in ("public", "embargoed"):
        desk.post("ghost", "native", native(article_id, status="draft", updated_at=at(1)))
    assert (desk.status("public"), desk.status("embargoed")) == (410, 404)


BARE_DRAFTS = {
    "native": {"id": 7, "status": "draft"},
    "sanity": {"_id": "7", "status": "draft"},
    "contentful": {"id": "7", "status": "draft"},
    "wordpress": {"event": "post.draft", "post": {"id": 7, "status": "private", "modified_gmt": "2026-03-01T10:00:30"}},
    "ghost": {"post": {"current": {"id": "7", "status": "draft"}, "previous": {}}},
    "ans": {"_id": "7", "type": "story", "status": "deleted"},
    "ninjs": {"guid": "7", "pubstatus": "canceled"},
    "jsonld": {"@type": "NewsArticle", "identifier": "7", "creativeWorkStatus": "Draft"},
}


@pytest.mark.parametrize("format_name", BARE_DRAFTS)
def test_a_draft_without_its_text_withdraws_the_article(desk, format_name):
    """The script for WordPress sends no more than the status if the API refuses the post."""
    published = body(Event("publish", "Text 1", None, None, None), format_name)
    desk.post("contentful", format_name, published)
    desk.wait(MINUTE)
    answer = desk.post("contentful", format_name, BARE_DRAFTS[format_name])
    assert (answer.status, desk.headline("7"), desk.status("7")) == (202, None, 410)
    desk.wait(MINUTE)
    desk.post("contentful", format_name, published)
    assert desk.headline("7") == "Text 1"


def test_a_draft_without_its_text_of_an_unknown_article_says_nothing_to_readers(desk):
    assert desk.post("ghost", "native", {"id": "7", "status": "draft"}).status == 202
    assert desk.status("7") == 404


def test_a_published_article_needs_its_text(desk):
    for format_name in ("native", "wordpress", "ninjs"):
        assert desk.post("ghost", format_name, {"id": "7", "guid": "7"}).status == 422


def play_headlines(data: st.DataObject, sources: Sequence[tuple[str, str]] = SOURCES) -> None:
    with newsroom() as desk:

        def look(model: Model) -> None:
            for _ in range(2):
                assert desk.headline(ARTICLE) == model.headline(desk.now)
                desk.wait(0.001)

        play(data, desk, look, sources)


@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_a_reader_sees_what_the_rule_says_after_every_event(data):
    play_headlines(data)


@pytest.mark.slow
@pytest.mark.parametrize("scheme", SIGNERS)
@settings(max_examples=10_000 // len(SIGNERS), deadline=None, phases=[Phase.generate, Phase.shrink])
@given(data=st.data())
def test_a_reader_sees_what_the_rule_says_in_ten_thousand_sequences(scheme, data):
    play_headlines(data, [source for source in SOURCES if source[0] == scheme])

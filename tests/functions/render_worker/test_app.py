"""Tests the render worker: card sets, repeated and failed messages, overtaken renders, metrics and logs."""

import json
from datetime import UTC, datetime

import pytest

from adapters.clients import s3
from adapters.config.settings import settings
from adapters.storage.article_store import find_article
from publishing.cards.publish import publish_set
from render_worker.app import handler, logger
from support.card_counts import FULL_SET, ONE_FORMAT, ONE_FORMAT_WITHOUT_QUOTE
from support.lambda_events import Context, failed_ids, sqs_event
from support.stored_articles import store_article

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def message(message_id: str, **body: str) -> dict:
    return {"MessageId": message_id, "Body": json.dumps({"source": "desk", "inbox": "inbox/desk/msg_1/0", **body})}


def render(*messages: dict) -> list[str]:
    return failed_ids(handler(sqs_event(*messages), Context()))


def manifest(aws, article_id: str = "ferry") -> dict:
    return json.loads(aws.body(f"cards/{article_id}/manifest.json"))


def written(aws) -> dict[str, tuple]:
    listed = s3().list_objects_v2(Bucket=aws.bucket, Prefix="cards/")["Contents"]
    return {item["Key"]: (item["ETag"], item["LastModified"]) for item in listed}


def test_renders_24_cards_and_a_manifest(aws):
    store_article(aws)
    assert render(message("m1", article_id="ferry")) == []
    made = manifest(aws)
    assert len(made["cards"]) == FULL_SET
    extensions = {"png": "png", "jpeg": "jpg"}
    names = {f"{card['kind']}-{card['format']}.{extensions[card['type']]}" for card in made["cards"]}
    keys = {f"cards/ferry/{made['version']}/{name}" for name in names}
    assert set(aws.list_keys("cards/")) == keys | {"cards/ferry/manifest.json"}
    head = s3().head_object(Bucket=aws.bucket, Key="cards/ferry/manifest.json")
    assert (head["ContentType"], head["CacheControl"]) == ("application/json", "public, max-age=60")


@pytest.mark.usefixtures("one_format")  # renders less
def test_a_repeated_message_changes_nothing(aws):
    store_article(aws)
    render(message("m1", article_id="ferry"))
    before = written(aws)
    assert render(message("m1", article_id="ferry"), message("m2", article_id="ferry")) == []
    assert written(aws) == before


@pytest.mark.usefixtures("one_format")  # renders less
def test_a_message_renders_the_newest_revision_not_its_own(aws):
    store_article(aws)
    store_article(aws, headline="Harbour ferries stop at midnight", updated_at="2026-03-01T11:00:00Z")
    render(message("late", article_id="ferry"))
    assert {card["alt"] for card in manifest(aws)["cards"] if card["kind"] == "headline"} == {"Harbour ferries stop at midnight"}


@pytest.mark.usefixtures("one_format")  # renders less
def test_reverting_a_correction_restores_the_first_version(aws):
    store_article(aws)
    render(message("m1", article_id="ferry"))
    first = manifest(aws)["version"]
    store_article(aws, headline="Harbour ferries stop at midnight", updated_at="2026-03-01T11:00:00Z")
    render(message("m2", article_id="ferry"))
    assert manifest(aws)["version"] != first
    store_article(aws, updated_at="2026-03-01T12:00:00Z")
    render(message("m3", article_id="ferry"))
    assert manifest(aws)["version"] == first


@pytest.mark.usefixtures("one_format")  # renders less
def test_an_overtaken_render_keeps_the_newer_manifest(aws):
    store_article(aws)
    overtaken = find_article(aws.bucket, "ferry")
    store_article(aws, headline="Harbour ferries stop at midnight", updated_at="2026-03-01T11:00:00Z")
    render(message("m1", article_id="ferry"))
    newer = manifest(aws)
    publish_set(settings(), overtaken, datetime.now(UTC))
    assert manifest(aws) == newer


@pytest.mark.usefixtures("one_format")  # renders less
def test_reports_only_the_failed_messages_of_a_batch(aws):
    store_article(aws)
    broken = {"MessageId": "broken", "Body": "not json"}
    lost = message("lost", inbox="inbox/desk/gone/0")
    unknown = message("unknown", article_id="nobody")
    odd = message("odd", article_id=["ferry"])
    good = message("good", article_id="ferry")
    assert render(broken, lost, unknown, odd, good) == ["broken", "lost", "unknown", "odd"]
    assert len(manifest(aws)["cards"]) == ONE_FORMAT


def test_reports_a_batch_in_which_every_message_fails(aws):
    assert render(message("m1", article_id="nobody"), message("m2", article_id="nobody")) == ["m1", "m2"]


@pytest.mark.usefixtures("one_format")  # renders less
@pytest.mark.parametrize("fields", [{"status": "draft"}, {"status": "withdrawn"}, {"embargo_until": "2999-01-01T00:00:00Z"}])
def test_an_article_that_is_not_public_gets_no_cards(aws, fields):
    store_article(aws, **fields)
    assert render(message("m1", article_id="ferry")) == []
    assert aws.list_keys("cards/") == []


@pytest.mark.usefixtures("one_format")  # renders less
def test_the_manifest_gives_the_reason_for_skipped_quotes(aws):
    store_article(aws, quotes=[])
    render(message("m1", article_id="ferry"))
    assert {(skip["kind"], bool(skip["reason"])) for skip in manifest(aws)["skipped"]} == {("quote", True)}
    assert len(manifest(aws)["cards"]) == ONE_FORMAT_WITHOUT_QUOTE


@pytest.mark.usefixtures("one_format")  # renders less
def test_metrics_count_the_rendered_cards(aws, capsys, log_of):
    log = log_of(logger)
    store_article(aws, quotes=[])
    render(message("m1", article_id="ferry"))
    metrics = json.loads(capsys.readouterr().out)
    assert metrics["_aws"]["CloudWatchMetrics"][0]["Namespace"] == "Storycard/tests"
    counts = {"Messages": 1, "CardsRendered": ONE_FORMAT_WITHOUT_QUOTE, "CardsSkipped": 1}
    counts |= {"TruncatedTexts": 0, "MissingGlyphs": 0, "PhotosLeftOut": 0}
    assert {name: metrics[name] for name in counts} == {name: [value] for name, value in counts.items()}
    assert [name for name in ("QueueAge", "MessageTime", "RenderTime", "StoreTime") if metrics[name][0] < 0] == []
    assert metrics["MessageTime"][0] > metrics["RenderTime"][0] > 0
    assert metrics["CardBytes"][0] > 10_000
    [made] = [line for line in log() if line["message"] == "cards rendered"]
    assert (made["correlation_id"], made["article_id"]) == ("m1", "ferry")


def test_a_failed_record_is_logged_with_its_traceback(aws, log_of):
    log = log_of(logger)
    render(message("m1", article_id="nobody"))
    [warning] = [line for line in log() if line["level"] == "WARNING"]
    assert "LookupError: nobody" in warning["exception"]
    assert warning["correlation_id"] == "m1"

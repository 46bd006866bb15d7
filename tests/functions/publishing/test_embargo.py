"""Checks what the public can reach before, during and after embargoes and withdrawals, also with concurrent workers."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from botocore.exceptions import ClientError
from botocore.stub import Stubber
from moto.s3.models import s3_backends

import http_api.app
from adapters.clients import cloudfront, s3, scheduler, sqs
from adapters.config.settings import settings
from adapters.render_queue import RenderRequest
from publishing.embargo import schedule_embargo_end, schedule_name
from publishing.takedown import CDN, delete_all, invalidate
from render_worker.app import handler
from support.card_counts import ONE_FORMAT_WITHOUT_QUOTE
from support.lambda_events import Context, call, failed_ids, sqs_event
from support.stored_articles import store_article

pytestmark = pytest.mark.usefixtures("one_format")  # renders less

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = "2999-01-01T00:00:00Z"


def store(aws, minute: int, **fields: object) -> None:
    """Stores a revision of the article ferry; a later minute makes it newer."""
    store_article(aws, updated_at=f"2026-03-01T10:{minute:02}:00Z", quotes=[], **fields)


def work(message: str = '{"source": "desk", "article_id": "ferry"}') -> None:
    assert failed_ids(handler(sqs_event({"MessageId": "m", "Body": message}), Context())) == []


def public_keys(aws) -> list[str]:
    return aws.list_keys("cards/")


def get(path: str):
    return call(http_api.app.handler, "GET", path)


def schedules() -> list[dict]:
    listed = scheduler().list_schedules(GroupName="storycard")["Schedules"]
    return [scheduler().get_schedule(Name=item["Name"], GroupName="storycard") for item in listed]


def seconds_from_now(seconds: float) -> str:
    return (datetime.now(UTC) + timedelta(seconds=seconds)).isoformat()


def test_an_embargo_makes_previews_and_a_schedule_and_nothing_public(aws):
    store(aws, 1, embargo_until="2999-01-01T00:00:00.5Z")
    work()
    work()
    assert public_keys(aws) == []
    previews = aws.list_keys("preview/ferry/")
    assert len(previews) == ONE_FORMAT_WITHOUT_QUOTE + 1
    manifest = json.loads(aws.body("preview/ferry/manifest.json"))
    assert {card["file"] for card in manifest["cards"]} | {"preview/ferry/manifest.json"} == set(previews)
    assert s3().head_object(Bucket=aws.bucket, Key=previews[0])["CacheControl"] == "private"
    [schedule] = schedules()
    assert schedule["ScheduleExpression"] == "at(2999-01-01T00:00:01)"  # never too early
    assert schedule["ActionAfterCompletion"] == "DELETE"
    assert schedule["Target"]["Arn"] == settings().queue_arn
    assert json.loads(schedule["Target"]["Input"]).items() >= {"source": "embargo", "article_id": "ferry"}.items()
    assert aws.events() == []
    for path in ("/cards/ferry", "/cards/ferry/headline/og.png", f"/cards/ferry/{manifest['version']}/headline/og.png"):
        assert get(path).status == 404
    assert public_keys(aws) == []


def test_the_message_at_the_end_of_an_embargo_publishes(aws):
    store(aws, 1, embargo_until=seconds_from_now(1000))
    work()
    [schedule] = schedules()
    store(aws, 2, embargo_until=seconds_from_now(-1))  # as if the embargo had ended
    preview = json.loads(aws.body("preview/ferry/manifest.json"))["cards"]
    work(schedule["Target"]["Input"])
    assert len(public_keys(aws)) == ONE_FORMAT_WITHOUT_QUOTE + 1
    public = json.loads(aws.body("cards/ferry/manifest.json"))["cards"]
    assert not {card["sha256"] for card in preview} & {card["sha256"] for card in public}  # every preview is marked as one
    assert aws.list_keys("preview/") == []
    assert schedules() == []
    assert [event["detail-type"] for event in aws.events()] == ["Cards Published"]


def test_a_changed_embargo_replaces_the_schedule_and_a_removed_one_publishes(aws):
    store(aws, 1, embargo_until=LATER)
    work()
    store(aws, 2, embargo_until="2998-01-01T00:00:00Z")
    work()
    assert [schedule["ScheduleExpression"] for schedule in schedules()] == ["at(2998-01-01T00:00:00)"]
    store(aws, 3)
    work()
    assert schedules() == []
    assert len(public_keys(aws)) == ONE_FORMAT_WITHOUT_QUOTE + 1


def test_a_changed_article_under_embargo_leaves_no_preview_of_its_earlier_version(aws):
    store(aws, 1, embargo_until=LATER, headline="Killed words")
    work()
    earlier = {key.split("/")[2] for key in aws.list_keys("preview/")}
    store(aws, 2, embargo_until=LATER, headline="Other words")
    work()
    left = {key.split("/")[2] for key in aws.list_keys("preview/")}
    assert (len(left), left & earlier) == (2, {"manifest.json"})


def test_reschedules_if_the_clock_runs_ahead(aws):
    store(aws, 1, embargo_until=seconds_from_now(60))
    work('{"source": "embargo", "article_id": "ferry"}')
    assert public_keys(aws) == []
    assert schedules() == []  # too near for a schedule: the message waits in the queue
    attributes = sqs().get_queue_attributes(QueueUrl=aws.queue_url, AttributeNames=["ApproximateNumberOfMessagesDelayed"])
    assert attributes["Attributes"]["ApproximateNumberOfMessagesDelayed"] == "1"


@pytest.mark.parametrize(("left", "scheduled"), [(-3600, 0), (0, 0), (120, 0), (121, 1), (86400, 1)])
def test_schedules_any_time_left(aws, left, scheduled):
    schedule_embargo_end(settings(), "ferry", NOW + timedelta(seconds=left), NOW)
    assert len(schedules()) == scheduled


def test_every_id_has_a_valid_schedule_name():
    assert len(schedule_name("x" * 128)) <= 64


def test_an_embargo_on_a_public_article_takes_it_down(aws):
    store(aws, 1)
    work()
    aws.events()
    store(aws, 2, embargo_until=LATER)
    work()
    assert public_keys(aws) == []
    assert get("/cards/ferry").status == 404
    assert [event["detail-type"] for event in aws.events()] == ["Cards Withdrawn"]


def test_a_withdrawn_article_stays_down_until_it_is_published_again(aws):
    store(aws, 1)
    work()
    version = get("/cards/ferry").json["version"]
    store(aws, 2, headline="Corrected")
    work()
    store(aws, 3, status="withdrawn")
    paths = ("/cards/ferry", "/cards/ferry/headline/og.png", f"/cards/ferry/{version}/headline/og.png")
    assert [get(path).status for path in paths] == [410] * 3  # before the worker came, too
    work()
    work()
    assert public_keys(aws) == []
    assert [get(path).status for path in paths] == [410] * 3
    store(aws, 2, headline="An older revision, late")
    work()
    assert public_keys(aws) == []
    types = [event["detail-type"] for event in aws.events()]
    assert types == ["Cards Published", "Cards Published", "Cards Withdrawn"]
    store(aws, 4)
    work()
    assert get("/cards/ferry").status == 200
    assert [event["detail-type"] for event in aws.events()] == ["Cards Published"]


def test_unpublishing_an_article_leaves_others_untouched(aws):
    store(aws, 1)
    work()
    s3().put_object(Bucket=aws.bucket, Key="cards/ferry-2/manifest.json", Body=b"{}")
    store(aws, 2, status="draft")
    work()
    assert public_keys(aws) == ["cards/ferry-2/manifest.json"]
    assert get("/cards/ferry").status == 404


@pytest.fixture
def during_the_render(aws, monkeypatch) -> Iterator:
    """Runs a function just before the first card of a render is written."""
    actions = []

    def register(action) -> None:
        actions.append(action)

    def hook(request, **_):
        if "/cards/" in request.url and actions:
            actions.pop()()

    s3().meta.events.register("before-send.s3.PutObject", hook)
    yield register
    s3().meta.events.unregister("before-send.s3.PutObject", hook)
    assert actions == []


def withdraw_whole(aws) -> None:
    """Withdraws the article in another worker, from the event to the end."""
    store(aws, 5, status="withdrawn")
    delete_all(aws.bucket, "cards/ferry/")


def test_a_withdrawal_during_the_workers_render_wins(aws, during_the_render):
    store(aws, 1)
    during_the_render(lambda: withdraw_whole(aws))
    work()
    assert public_keys(aws) == []
    assert get("/cards/ferry").status == 410
    assert aws.events() == []


@pytest.mark.parametrize("path", ["/cards/ferry", "/cards/ferry/headline/og.png"])
def test_a_withdrawal_during_a_render_on_demand_wins(aws, during_the_render, path):
    store(aws, 1)
    during_the_render(lambda: withdraw_whole(aws))
    assert get(path).status == 410
    assert public_keys(aws) == []
    assert [message["Body"] for message in aws.messages()] == [RenderRequest(CDN, article_id="ferry").message]


def test_a_revision_during_the_render_is_rendered_by_the_same_message(aws, during_the_render):
    store(aws, 1)
    during_the_render(lambda: store(aws, 2, headline="Harbour ferries stop at midnight"))
    work()
    manifest = json.loads(aws.body("cards/ferry/manifest.json"))
    assert {card["alt"] for card in manifest["cards"] if card["kind"] == "headline"} == {"Harbour ferries stop at midnight"}


def test_deletes_more_objects_than_one_batch_holds(aws):
    for index in range(1005):
        s3_backends["123456789012"]["aws"].put_object(aws.bucket, f"many/{index}", b"")  # over HTTP it takes ten seconds
    assert delete_all(aws.bucket, "many/") == 1005
    assert aws.list_keys("many/") == []


@pytest.fixture
def distribution(aws, monkeypatch) -> Iterator[str]:
    origin = {"Id": "s3", "DomainName": "cards.s3.amazonaws.com", "S3OriginConfig": {"OriginAccessIdentity": ""}}
    behaviour = {"TargetOriginId": "s3", "ViewerProtocolPolicy": "https-only"}
    config = {
        "CallerReference": "1",
        "Comment": "",
        "Enabled": True,
        "Origins": {"Quantity": 1, "Items": [origin]},
        "DefaultCacheBehavior": behaviour,
    }
    made = cloudfront().create_distribution(DistributionConfig=config)["Distribution"]["Id"]
    monkeypatch.setenv("DISTRIBUTION_ID", made)
    settings.cache_clear()
    yield made
    monkeypatch.undo()
    settings.cache_clear()


def invalidated(distribution: str) -> list[list[str]]:
    made = cloudfront().list_invalidations(DistributionId=distribution)["InvalidationList"].get("Items", [])
    batches = [cloudfront().get_invalidation(DistributionId=distribution, Id=item["Id"])["Invalidation"] for item in made]
    return [batch["InvalidationBatch"]["Paths"]["Items"] for batch in batches]


@pytest.mark.parametrize(
    ("article_id", "paths"),
    [
        ("12", ["/cards/12/*", "/share/12", "/share/12/*"]),  # and nothing of 120 or 1200
        ("ferry~2", ["/cards/ferry*", "/share/ferry*"]),  # CloudFront refuses paths with a tilde
    ],
)
def test_invalidates_the_articles_own_paths(aws, distribution, article_id, paths):
    invalidate(settings(), article_id)
    invalidate(replace(settings(), distribution_id=""), article_id)
    assert invalidated(distribution) == [paths]


def test_queues_the_invalidation_if_the_cdn_is_busy(aws, distribution):
    with Stubber(cloudfront()) as busy:
        busy.add_client_error("create_invalidation", "TooManyInvalidationsInProgress", http_status_code=400)
        invalidate(settings(), "ferry")
    [waiting] = (
        sqs()
        .get_queue_attributes(QueueUrl=aws.queue_url, AttributeNames=["ApproximateNumberOfMessagesDelayed"])["Attributes"]
        .values()
    )
    assert (waiting, invalidated(distribution)) == ("1", [])
    work(RenderRequest(CDN, article_id="ferry").message)  # invalidates without rendering, whether or not the article is stored
    assert invalidated(distribution) == [["/cards/ferry/*", "/share/ferry", "/share/ferry/*"]]


def test_raises_if_the_cdn_refuses_the_invalidation(aws, distribution):
    with Stubber(cloudfront()) as closed:
        closed.add_client_error("create_invalidation", "AccessDenied", http_status_code=403)
        with pytest.raises(ClientError, match="AccessDenied"):
            invalidate(settings(), "ferry")

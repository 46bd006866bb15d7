"""Compares each function's role with the calls that its code makes: nothing is missing, and nothing is unused."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fnmatch import fnmatchcase

import boto3
import pytest

import cms_webhook.app
import done_webhook.app
import feed_poller.app
import http_api.app
import photo_worker.app
import render_worker.app
from adapters import clients
from adapters.config import secrets_cache
from adapters.config.settings import settings
from adapters.storage.added_photos import AddedPhoto, put_added_photo, put_upload
from adapters.storage.article_index import CHECK_ID
from http_api import request_context
from http_api.cards import zip_download
from publishing import photo_adding, photo_preparation, takedown
from publishing.cards import publish
from publishing.photo_preparation import prepare_photo
from support.cms_signers import SIGNERS
from support.cms_webhooks import TOML, post, send_article
from support.lambda_events import SECRET, Context, as_body, call, native, sqs_event
from support.photo_files import jpeg
from support.recorded_calls import Right, recorded
from support.slack import SECRET as SLACK_SECRET
from support.slack import press, slack_signed
from support.stored_articles import store_article
from support.team_tokens import EDITOR, TOKENS, VIEWER
from support.template import stack
from support.web_server import page, web_server

RESOURCES = stack().section("Resources")
# The rights that Lambda itself uses under a function's role.
USED_BY_LAMBDA = {"logs:CreateLogStream", "logs:PutLogEvents", "xray:PutTraceSegments", "xray:PutTelemetryRecords"}
USED_BY_LAMBDA |= {"sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"}
WRITER = ("GetObject", "PutObject", "AbortMultipartUpload", "ListMultipartUploadParts")
RUNS = "arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:execution:${ArchiveStateMachine.Name}*"


def granted(role: str) -> set[Right]:
    """Returns the rights of a role: one for each resource and, for listings, one for each prefix."""
    documents = [policy["PolicyDocument"] for policy in RESOURCES[role]["Properties"]["Policies"]]
    attached = (entry["Properties"] for entry in RESOURCES.values() if entry["Type"] == "AWS::IAM::RolePolicy")
    documents += [policy["PolicyDocument"] for policy in attached if policy["RoleName"] == f"${{{role}}}"]
    return {
        Right(action, resource, prefix)
        for document in documents
        for statement in document["Statement"]
        for action in listed(statement["Action"])
        for resource in listed(statement["Resource"])
        for prefix in listed(statement.get("Condition", {}).get("StringLike", {}).get("s3:prefix", ""))
    }


def listed(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value]


def covers(right: Right, needed: Right) -> bool:
    if right.action != needed.action or not fnmatchcase(needed.prefix, right.prefix):
        return False
    return right.resource == needed.resource or fnmatchcase(needed.resource, right.resource)


@pytest.fixture
def site(aws):
    with web_server() as site:
        site.pages["/photo.jpg"] = page(jpeg())
        site.pages["/hook"] = page(b"", 500)
        site.pages["/articles/tram"] = page(as_body(native("tram")))
        tables = f'[cms]\nurl = "{site.base_url}/articles/{{id}}"\nformat = "native"\n'
        tables += f'[slack]\nsecrets = ["{SLACK_SECRET}"]\n'
        aws.connect(f'{TOKENS}{tables}[outgoing]\nurl = "{site.base_url}/hook"\nsecrets = ["{SECRET}"]\n')
        yield site


def request(method: str, path: str, headers: dict[str, str] | None = None, body: bytes = b"", query: str = ""):
    return call(http_api.app.handler, method, path, headers or {}, body, query=query)


def work(*bodies: str) -> None:
    messages = [{"MessageId": f"m{number}", "Body": body} for number, body in enumerate(bodies)]
    render_worker.app.handler(sqs_event(*messages), Context())


def http_api_calls(aws, site, monkeypatch, record) -> None:
    monkeypatch.setattr(publish, "PHOTO_WAIT", 0.05)
    image = {"url": f"{site.base_url}/photo.jpg"}
    assert request("PUT", "/articles/ferry", EDITOR, as_body(native("ferry", image=image))).status == 201
    newer = native("ferry", headline="Ferries", updated_at="2026-03-02T10:00:00Z", image=image)
    assert request("PUT", "/articles/ferry", EDITOR, as_body(newer)).status == 200
    assert request("GET", "/articles/ferry", VIEWER).status == 200
    assert request("GET", "/articles/ferry/status", VIEWER).status == 200
    assert request("GET", "/articles/ferry/versions", VIEWER).status == 200
    prepare_photo(settings(), "ferry")
    for query in ("", "q=ferries", "q=fer"):
        assert request("GET", "/articles", VIEWER, query=query).status == 200
    assert request("GET", "/articles/ferry/photo", VIEWER).status == 200
    assert request("POST", "/cards/ferry/preview", VIEWER, b'{"kind": "headline", "format": "og"}').status == 200
    bus = native("bus", image={"url": f"{site.base_url}/other.jpg"})
    assert request("PUT", "/articles/bus", EDITOR, as_body(bus)).status == 201
    assert request("GET", "/cards/bus/headline/og.png").status == 200  # asks for the photo, and does not wait for it
    assert request("GET", "/cards/tram/headline/og.png").status == 200  # fetched from the CMS
    assert request("GET", "/cards/nobody/headline/og.png").status == 404
    assert (
        request("POST", "/cards/ferry", EDITOR, b'{"headline": "Boats", "kinds": ["headline"], "formats": ["og"]}').status == 201
    )
    edit_posts()
    monkeypatch.setattr(zip_download, "MAX_DIRECT", 0)
    assert request("GET", "/cards/ferry.zip", VIEWER).status == 303
    clients.s3().delete_object(Bucket=aws.bucket, Key=photo_of(aws))
    assert request("GET", "/articles/ferry/photo", VIEWER).status >= 400
    clients.ssm().put_parameter(Name="/address", Value="https://cards.example", Type="String", Overwrite=True)
    record(request_context._stored_base_url, "/address")
    slack = press("show", "ferry", f"{site.base_url}/hook")
    assert request("POST", "/chat/slack", slack_signed(slack), slack).status == 503  # the hook fails
    with monkeypatch.context() as patch:
        patch.setattr(request_context.RequestContext, "seconds_left", 0.0)
        assert request("POST", "/articles/ferry/photos", EDITOR, b'{"url": "https://news.example/x.jpg"}').status == 503
    put_added_photo(aws.bucket, "ferry", AddedPhoto("0" * 64, 640, 480, 0))  # not recorded
    assert request("GET", f"/articles/ferry/photos/{'0' * 64}", VIEWER).status == 404
    chat = f'[outgoing]\nformat = "slack"\nurl = "{site.base_url}/hook"\n'
    aws.connect(TOKENS + chat)
    assert request("POST", "/cards/ferry/send", EDITOR, b'{"to": "slack"}').status == 202
    request("DELETE", "/articles/ferry", EDITOR)
    with pytest.raises(Exception, match="ferry"):
        record(takedown.require_still_public, settings(), "ferry")


def edit_posts() -> None:
    """Creates, lists, shares and deletes a post of the ferry."""
    made = request("POST", "/articles/ferry/posts", EDITOR, b'{"changes": {"headline": "Night boats"}, "status": "shared"}')
    assert request("GET", "/articles/ferry/posts", VIEWER).status == 200
    assert request("GET", made.json["share_url"].removeprefix("https://cards.example")).status == 200
    assert request("DELETE", made.headers["location"], EDITOR).status == 204


def cms_webhook_calls(aws, site, monkeypatch, record) -> None:
    article = {"canonical_url": "https://news.example/ferry"}
    assert send_article(event_id="msg_1", **article).status == 202
    assert send_article(event_id="msg_1", **article).status == 200
    send_article(event_id="msg_2", **article | {"status": "withdrawn", "updated_at": "2026-03-02T10:00:00Z"})
    aws.connect("", TOML)
    assert [post("hmac-sha256", "native", as_body(native("tram"))).status for _ in range(2)] == [202, 200]
    assert [post_mapped(aws).status for _ in range(2)] == [202, 200]


def post_mapped(aws):
    """Sends an article to a source with a table of its own."""
    source = SIGNERS["hmac-sha256"].toml("hmac-sha256-map", "hmac-sha256", "native").replace('format = "native"\n', "")
    aws.connect("", f'{source}[sources.hmac-sha256-map.map]\nid = "id"\nheadline = "headline"\n')
    return post("hmac-sha256", "map", as_body(native("bus")))


def render_worker_calls(aws, site, monkeypatch, record) -> None:
    ferry = native("ferry", image={"url": f"{site.base_url}/photo.jpg"}, canonical_url="https://news.example/ferry")

    def revised(hour: int, **fields: object) -> None:
        send_article(event_id=f"msg_{hour}", **ferry | {"updated_at": f"2026-03-01T{hour}:00:00Z", **fields})
        messages = aws.messages()
        for message in messages:
            clients.sqs().delete_message(QueueUrl=aws.queue_url, ReceiptHandle=message["ReceiptHandle"])
        work(*(message["Body"] for message in messages))

    revised(11)
    prepare_photo(settings(), "ferry")
    secrets_cache.known.clear()
    work('{"source": "(photo)", "article_id": "ferry"}')
    for hour, days in ((12, 1), (13, 2)):  # the second replaces the time of the same schedule
        revised(hour, embargo_until=(datetime.now(UTC) + timedelta(days=days)).isoformat())
    revised(14, embargo_until=(datetime.now(UTC) + timedelta(seconds=60)).isoformat())  # on the queue
    revised(15)
    clients.s3().delete_object(Bucket=aws.bucket, Key=photo_of(aws))
    put_added_photo(aws.bucket, "ferry", AddedPhoto("0" * 64, 640, 480, 0))
    revised(16, headline="Ferries")
    for key in ("posts/ferry/2345672345.json", "articles/ferry/variants/0123456789abcdef.json"):
        clients.s3().put_object(Bucket=aws.bucket, Key=key, Body=b"{}")
    revised(17, status="withdrawn")
    [inbox] = aws.list_keys("inbox/desk/msg_11/")
    work(f'{{"source": "desk", "inbox": "{inbox}"}}', '{"source": "desk", "inbox": "inbox/none"}')
    work('{"source": "cms", "article_id": "none"}')
    for key in aws.list_keys("index/recent/"):  # as after a crash between writing an article and its index entry
        clients.s3().delete_object(Bucket=aws.bucket, Key=key)
    store_article(aws, "tram")
    listed = [{"Key": f"articles/{article_id}/article.json"} for article_id in ("ferry", "none", "tram")]
    render_worker.app.handler({"Items": listed}, Context())
    with_cdn = replace(settings(), distribution_id="${Distribution}")
    monkeypatch.setattr(render_worker.app, "settings", lambda: with_cdn)
    work('{"source": "(cdn)", "article_id": "ferry"}')
    post_mapped(aws)
    [mapped] = [key for key in aws.list_keys("inbox/hmac-sha256-map/") if not key.endswith("/answered")]
    work(f'{{"source": "hmac-sha256-map", "inbox": "{mapped}"}}')


def photo_worker_calls(aws, site, monkeypatch, record) -> None:
    ferry = native("ferry", image={"url": f"{site.base_url}/photo.jpg"})
    send_article(event_id="msg_1", **ferry)
    message = {"MessageId": "m1", "Body": '{"source": "(photo)", "article_id": "ferry"}'}
    photo_worker.app.handler(sqs_event(message), Context())
    photo_worker.app.handler(sqs_event({"MessageId": "m2", "Body": "{}"}), Context())
    upload = {"source": "(photo)", "article_id": "ferry", "upload": put_upload(aws.bucket, "ferry", file=jpeg())}
    monkeypatch.setattr(photo_adding, "put_added_photo", withdrawing(photo_adding.put_added_photo))
    for _ in range(2):
        photo_worker.app.handler(sqs_event({"MessageId": "m3", "Body": json.dumps(upload)}), Context())
    monkeypatch.setattr(photo_preparation, "put_record", withdrawing(photo_preparation.put_record))
    send_article(
        event_id="msg_2", **ferry | {"updated_at": "2026-03-02T10:00:00Z", "image": {"url": f"{site.base_url}/none.jpg"}}
    )
    photo_worker.app.handler(sqs_event(message), Context())


def withdrawing(put_record: Callable) -> Callable:
    """Returns a writer of records during which the article is withdrawn."""

    def put(bucket: str, article_id: str, record: object) -> None:
        put_record(bucket, article_id, record)
        s3 = boto3.client("s3")  # not recorded
        body = s3.get_object(Bucket=bucket, Key=f"articles/{article_id}/article.json")
        gone = as_body(json.loads(body["Body"].read()) | {"status": "withdrawn"})
        s3.put_object(Bucket=bucket, Key=f"articles/{article_id}/article.json", Body=gone, Metadata=body["Metadata"])

    return put


def photo_of(aws) -> str:
    [photo] = [key for key in aws.list_keys("photos/") if key.endswith(".jpg")]
    return photo


def done_webhook_calls(aws, site, monkeypatch, record) -> None:
    data = '{"article_id": "ferry", "version": "0123456789abcdef"}'
    body = f'{{"id": "msg_1", "type": "cards.published", "data": {data}}}'
    for queue_url in (settings().done_queue_url, settings().archive_done_queue_url):
        clients.sqs().send_message(QueueUrl=queue_url, MessageBody=body)
        done_webhook.app.handler(sqs_event(*aws.messages(queue_url), queue=queue_url.rpartition("/")[2]), Context())
    aws.connect(f'[outgoing]\nformat = "slack"\nurl = "{site.base_url}/hook"\n')
    body = body.replace('"article_id"', '"manifest_url": "https://cards.example/cards/ferry", "article_id"')
    for _ in range(2):
        done_webhook.app.handler(sqs_event({"MessageId": "m", "Body": body}), Context())
        store_article(aws, "ferry")


def feed_poller_calls(aws, site, monkeypatch, record) -> None:
    story = '<script type="application/ld+json">{"@type": "NewsArticle", "identifier": "orrin", "headline": "Ferries"}</script>'
    site.pages["/orrin"] = page(f"<html lang=en>{story}".encode())
    site.pages["/feed.xml"] = page(b"<rss><item><link>/orrin</link></item></rss>")
    aws.connect(f'[feeds.wire]\nurl = "{site.base_url}/feed.xml"\n')
    for title in (b"", b"x"):  # the second poll replaces the state of the first one
        feed_poller.app.handler({}, Context())
        site.pages["/feed.xml"] = page(b"<rss><item><title>" + title + b"</title><link>/orrin</link></item></rss>")
    with_site = replace(settings(), public_base_url=site.base_url)
    monkeypatch.setattr(feed_poller.app, "settings", lambda: with_site)
    site.pages[f"/webhooks/{CHECK_ID}"] = page(b"{}", 404, Content_Type="application/problem+json")
    monkeypatch.setattr(feed_poller.app, "AFTER_CARDS_SECONDS", 1e9)  # does not wait for the worker, which is not there
    feed_poller.app.handler({"check": True}, Context())


CALLS = {
    "HttpApi": (http_api.app, http_api_calls),
    "CmsWebhook": (cms_webhook.app, cms_webhook_calls),
    "RenderWorker": (render_worker.app, render_worker_calls),
    "PhotoWorker": (photo_worker.app, photo_worker_calls),
    "DoneWebhook": (done_webhook.app, done_webhook_calls),
    "FeedPoller": (feed_poller.app, feed_poller_calls),
}


@pytest.mark.parametrize(
    "function", [pytest.param(name, marks=pytest.mark.slow if name == "RenderWorker" else ()) for name in CALLS]
)
def test_a_role_allows_exactly_the_calls_of_its_function(aws, site, monkeypatch, function):
    app, make_calls = CALLS[function]
    needed: set[Right] = set()

    def record(do: Callable, *arguments: object) -> object:
        with recorded() as rights:
            try:
                return do(*arguments)
            finally:
                needed.update(rights)

    handler = app.handler
    monkeypatch.setattr(app, "handler", lambda event, context: record(handler, event, context))
    make_calls(aws, site, monkeypatch, record)
    allowed = granted(f"{function}Role")
    assert {right for right in needed if not any(covers(grant, right) for grant in allowed)} == set()
    used = {grant for grant in allowed if any(covers(grant, right) for right in needed)}
    assert {grant for grant in allowed - used if grant.action not in USED_BY_LAMBDA} == set()


# Roles that AWS services assume. No code of ours makes their calls, so the rights come from the documentation.
SERVICES = {
    # An embargo's end onto the queue: https://docs.aws.amazon.com/scheduler/latest/UserGuide/setting-up.html
    "SchedulerRole": {Right("sqs:SendMessage", "${RenderQueue.Arn}")},
    "FeedScheduleRole": {Right("lambda:InvokeFunction", "${FeedPollerFunction.Alias}")},
    # Reader, batches and writer of a distributed map: https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html
    "ArchiveRole": {
        Right("lambda:InvokeFunction", "${RenderWorkerFunction.Alias}"),
        Right("s3:ListBucket", "${Bucket.Arn}", "articles/*"),
        *(Right(f"s3:{action}", "${Bucket.Arn}/archive-runs/*") for action in WRITER),
        Right("states:StartExecution", "${ArchiveStateMachine}"),
        *(Right(f"states:{action}Execution", RUNS) for action in ("Describe", "Stop", "Redrive")),
    },
}


@pytest.mark.parametrize("role", SERVICES)
def test_a_services_role_allows_exactly_what_its_documentation_requires(role):
    assert {right for right in granted(role) if right.resource != "*"} == SERVICES[role]


def test_every_role_is_checked():
    roles = {name for name, entry in RESOURCES.items() if entry["Type"] == "AWS::IAM::Role" and "Policies" in entry["Properties"]}
    assert roles == SERVICES.keys() | {f"{function}Role" for function in CALLS}

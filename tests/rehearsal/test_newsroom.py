"""Plays a newsroom's work in the deployed stack: each function runs where the template puts it, with the rights of its role."""

import io
import json
import zipfile
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
from PIL import Image

from storycard.cli import main
from support.card_counts import FULL_SET
from support.team_tokens import EDITOR, VIEWER

pytestmark = pytest.mark.rehearsal

OWN_HEADLINE = json.dumps({"headline": "Boats all night", "kinds": ["headline"], "formats": ["og"]}).encode()


@pytest.fixture(scope="session")
def ferry(newsroom) -> str:
    """Returns the ID of a published article whose set is complete."""
    assert newsroom.publish("ferry").status == 202
    assert newsroom.soon(lambda: newsroom.keys("cards/ferry/manifest.json"))
    return "ferry"


def test_first_request_renders_a_card(newsroom):
    assert newsroom.publish("first-ask").status == 202
    first = newsroom.call("GET", "/cards/first-ask/headline/og.png")
    assert first.status == 200
    with Image.open(io.BytesIO(first.body)) as image:
        image.load()
        assert (image.size, image.format) == ((1200, 630), "PNG")
    assert newsroom.call("GET", "/cards/first-ask/headline/og.png").headers["etag"] == first.headers["etag"]


def test_worker_publishes_the_set(newsroom, ferry):
    manifest = json.loads(newsroom.call("GET", f"/cards/{ferry}").body)
    assert len(manifest["cards"]) == FULL_SET
    assert manifest["cards"][0]["url"].startswith(newsroom.stack.outputs["PublicUrl"])
    assert len(newsroom.keys(f"cards/{ferry}/{manifest['version']}/")) == FULL_SET


def test_type_is_negotiated(newsroom, ferry):
    answer = newsroom.call("GET", f"/cards/{ferry}/headline/og", headers={"accept": "image/avif,image/webp,*/*"})
    assert (answer.status, answer.headers["content-type"]) == (200, "image/avif")


def test_share_page_and_oembed_show_the_card(newsroom, ferry):
    share = newsroom.call("GET", f"/share/{ferry}")
    assert share.status == 200
    assert b'property="og:image"' in share.body
    url = quote(f"{newsroom.stack.outputs['PublicUrl']}/share/{ferry}", safe="")
    assert json.loads(newsroom.call("GET", f"/oembed?url={url}").body)["type"] == "photo"


def test_team_lists_downloads_and_orders(newsroom, ferry):
    listed = json.loads(newsroom.call("GET", "/articles", headers=VIEWER).body)["articles"]
    assert {"article_id": ferry, "state": "live"}.items() <= next(row for row in listed if row["article_id"] == ferry).items()
    archive = newsroom.call("GET", f"/cards/{ferry}.zip", headers=VIEWER)
    with zipfile.ZipFile(io.BytesIO(archive.body)) as files:
        assert len(files.namelist()) > FULL_SET
    order = newsroom.call("POST", f"/cards/{ferry}", OWN_HEADLINE, EDITOR)
    assert order.status == 201
    assert newsroom.call("GET", "/articles").status == 401


def test_cards_are_announced(newsroom):
    account = newsroom.account
    queue = account.client("sqs").create_queue(QueueName="announced")["QueueUrl"]
    attributes = account.client("sqs").get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]
    account.client("events").put_rule(Name="announced", EventPattern='{"source": ["storycard"]}')
    account.client("events").put_targets(Rule="announced", Targets=[{"Id": "queue", "Arn": attributes["QueueArn"]}])
    newsroom.publish("announced")
    texts: list[str] = []

    def received() -> bool:
        texts.extend(message["Body"] for message in account.client("sqs").receive_message(QueueUrl=queue).get("Messages", ()))
        return any('"announced"' in text for text in texts)

    assert newsroom.soon(received)


def test_embargoes_are_scheduled_and_end(newsroom):
    now = datetime.now(UTC)
    newsroom.publish("next-year", embargo_until=f"{now + timedelta(days=365):%FT%TZ}")
    newsroom.publish("in-a-moment", embargo_until=f"{now + timedelta(seconds=8):%FT%TZ}")
    assert newsroom.call("GET", "/cards/next-year/headline/og.png").status == 404
    group = newsroom.stack.resources["ScheduleGroup"]
    assert newsroom.soon(lambda: newsroom.account.client("scheduler").list_schedules(GroupName=group)["Schedules"])
    assert newsroom.soon(lambda: newsroom.keys("cards/in-a-moment/manifest.json"))


def test_withdrawn_article_is_gone_and_invalidated(newsroom):
    newsroom.publish("mistake")
    assert newsroom.soon(lambda: newsroom.keys("cards/mistake/manifest.json"))
    assert newsroom.publish("mistake", status="withdrawn").status == 202
    assert newsroom.call("GET", "/cards/mistake/headline/og.png").status == 410
    assert newsroom.soon(lambda: not newsroom.keys("cards/mistake/"))
    distribution = newsroom.stack.resources["Distribution"]

    def paths() -> str:
        cloudfront = newsroom.account.client("cloudfront")
        listed = cloudfront.list_invalidations(DistributionId=distribution)["InvalidationList"].get("Items", ())
        found = [cloudfront.get_invalidation(DistributionId=distribution, Id=item["Id"])["Invalidation"] for item in listed]
        return json.dumps([item["InvalidationBatch"]["Paths"]["Items"] for item in found])

    assert newsroom.soon(lambda: "/cards/mistake" in paths())


def test_archive_run_restores_cards(newsroom, ferry, capsys):
    s3 = newsroom.account.client("s3")
    version = json.loads(newsroom.call("GET", f"/cards/{ferry}").body)["version"]
    for key in newsroom.keys(f"cards/{ferry}/"):
        s3.delete_object(Bucket=newsroom.bucket, Key=key)
    assert main(["archive", "start", "--stack", "storycard", "--concurrency", "2"]) == 0
    run = capsys.readouterr().out.split()[-1]
    states = newsroom.account.client("stepfunctions")
    assert newsroom.soon(lambda: states.describe_execution(executionArn=run)["status"] != "RUNNING")
    ended = states.describe_execution(executionArn=run)
    assert ended["status"] == "SUCCEEDED", ended
    assert len(newsroom.keys(f"cards/{ferry}/{version}/")) == FULL_SET


FAILS_AT_POISON = """
def handler(event, context):
    if "poison" in str(event):
        raise ValueError(event)
    return {}
"""


def test_archive_run_ends_if_more_batches_fail_than_are_tolerated(newsroom):
    """Runs the stack's definition with a worker that fails at some keys. The emulator passes one key in a batch."""
    account, everything = newsroom.account, {"Effect": "Allow", "Action": "*", "Resource": "*"}
    trusted = {
        "Effect": "Allow",
        "Principal": {"Service": ["lambda.amazonaws.com", "states.amazonaws.com"]},
        "Action": "sts:AssumeRole",
    }
    iam, states = account.client("iam"), account.client("stepfunctions")
    role = iam.create_role(
        RoleName="anything", AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [trusted]})
    )
    document = json.dumps({"Version": "2012-10-17", "Statement": [everything]})
    iam.put_role_policy(RoleName="anything", PolicyName="anything", PolicyDocument=document)
    code = io.BytesIO()
    with zipfile.ZipFile(code, "w") as files:
        files.writestr("app.py", FAILS_AT_POISON)
    worker = account.client("lambda").create_function(
        FunctionName="worker",
        Runtime="python3.13",
        Role=role["Role"]["Arn"],
        Handler="app.handler",
        Code={"ZipFile": code.getvalue()},
    )
    given = json.loads(
        states.describe_state_machine(stateMachineArn=newsroom.stack.outputs["ArchiveStateMachineArn"])["definition"]
    )
    task = given["States"]["EachBatch"]["ItemProcessor"]["States"]["RenderBatch"]
    task["Parameters"]["FunctionName"] = worker["FunctionArn"]
    del task["Retry"]  # tests of the machine in moto cover it, without its pauses
    machine = states.create_state_machine(name="tolerance", definition=json.dumps(given), roleArn=role["Role"]["Arn"])
    for prefix, failing in (("one", 1), ("two", 2)):
        for number in range(30):
            key = f"tolerance/{prefix}/{'poison' if number < failing else 'good'}-{number}"
            account.client("s3").put_object(Bucket=newsroom.bucket, Key=key, Body=b"{}")
    ended = {}
    for prefix in ("one", "two"):
        started = json.dumps({"prefix": f"tolerance/{prefix}/", "concurrency": 2})
        run = states.start_execution(stateMachineArn=machine["stateMachineArn"], input=started)["executionArn"]
        assert newsroom.soon(lambda run=run: states.describe_execution(executionArn=run)["status"] != "RUNNING")
        ended[prefix] = states.describe_execution(executionArn=run)
    assert ended["one"]["status"] == "SUCCEEDED"  # 3.3 %
    assert ended["two"]["error"] == "States.ExceedToleratedFailureThreshold"  # 6.7 %


def test_failed_message_becomes_a_dead_letter(newsroom, capsys):
    sqs, queue = newsroom.account.client("sqs"), newsroom.stack.outputs["RenderQueueUrl"]
    attributes = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["VisibilityTimeout"])["Attributes"]
    sqs.set_queue_attributes(QueueUrl=queue, Attributes={"VisibilityTimeout": "1"})  # five attempts would take half an hour
    try:
        sqs.send_message(QueueUrl=queue, MessageBody='{"source": "demo", "inbox": "inbox/demo/none/none"}')

        def listed() -> str:
            assert main(["dead-letters", "list", "--stack", "storycard"]) == 0
            return capsys.readouterr().out

        assert newsroom.soon(listed)
    finally:
        sqs.set_queue_attributes(QueueUrl=queue, Attributes=attributes)


def test_schedule_polls_feeds_every_minute(newsroom):
    def polls() -> list[str]:
        group = newsroom.stack.resources["FeedPollerLogGroup"]
        events = newsroom.account.client("logs").filter_log_events(logGroupName=group)["events"]
        return [event["message"] for event in events]

    assert newsroom.soon(polls)
    assert [message for message in polls() if '"exception"' in message or "errorMessage" in message] == []


def test_rights_are_checked(newsroom):
    """Without this test the others could pass on an emulator that allows everything."""
    iam, role = newsroom.account.client("iam"), newsroom.stack.resources["CmsWebhookRole"]
    [name] = iam.list_role_policies(RoleName=role)["PolicyNames"]
    document = iam.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"]
    iam.delete_role_policy(RoleName=role, PolicyName=name)
    assert newsroom.publish("refused").status == 500
    iam.put_role_policy(RoleName=role, PolicyName=name, PolicyDocument=json.dumps(document))
    assert newsroom.publish("refused").status == 202

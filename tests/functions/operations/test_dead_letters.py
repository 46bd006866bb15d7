"""Tests `storycard dead-letters` against moto's S3 and SQS: listing, showing and resending messages."""

import json
import re

import pytest

import cms_webhook.app
import photo_worker.app
import render_worker.app
from adapters.clients import s3, sqs
from adapters.render_queue import RenderRequest, enqueue
from adapters.storage import dead_letters as stored_dead_letters
from operations.dead_letters import command
from support.lambda_events import Context, as_body, call, failed_ids, native, signed, sqs_event

pytestmark = pytest.mark.usefixtures("one_format")  # renders less


@pytest.fixture
def places(aws, monkeypatch):
    monkeypatch.setenv("DEAD_LETTER_QUEUE_URL", aws.dead_letter_url)
    monkeypatch.setenv("PHOTO_DEAD_LETTER_QUEUE_URL", aws.photo_dead_letter_url)
    monkeypatch.setattr(stored_dead_letters, "WAIT", 0)  # a queue of moto tells at once that it is empty
    return aws


def send(body: bytes, event_id: str) -> int:
    return call(cms_webhook.app.handler, "POST", "/webhooks/desk", signed(body, event_id), body).status


def work(aws) -> None:
    aws.pump(render_worker.app.handler, Context())


def dead_letters(capsys, *arguments: str, code: int = 0) -> str:
    capsys.readouterr()  # what the handlers logged
    assert command(list(arguments)) == code
    return capsys.readouterr().out


def message_count(queue_url: str) -> int:
    """Returns the number of messages in the queue, including invisible ones."""
    names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    return sum(map(int, sqs().get_queue_attributes(QueueUrl=queue_url, AttributeNames=names)["Attributes"].values()))


def test_an_invalid_article_blocks_no_other_and_is_listed_with_its_reason(places, capsys):
    assert send(as_body(native("museum")), "msg_1") == 202
    assert send(as_body({"id": "ferry", "language": "en"}), "msg_2") == 422
    assert send(as_body(native("harbour")), "msg_3") == 202
    work(places)
    assert {key.split("/")[1] for key in places.list_keys("cards/")} == {"museum", "harbour"}

    [line] = dead_letters(capsys, "list").splitlines()
    message_id, _, source, article_id, reason = line.split(maxsplit=4)
    assert (source, article_id) == ("desk", "-")
    assert reason == "ArticleInvalid: headline: expected text, got nothing"

    page = dead_letters(capsys, "show", message_id)
    assert "reason:   ArticleInvalid: headline: expected text, got nothing" in page
    assert re.search(r"^failed:   .+, attempt 2$", page, re.MULTILINE)
    assert re.search(r"^delivery: inbox/desk/msg_2/[0-9a-f]{16}$", page, re.MULTILINE)
    assert page.rstrip().endswith('{"id": "ferry", "language": "en"}')


def test_a_resent_message_succeeds_after_the_cause_is_fixed(places, capsys):
    body = as_body(native("ferry"))
    send(body, "msg_1")
    article = places.body("articles/ferry/article.json")
    s3().put_object(Bucket=places.bucket, Key="articles/ferry/article.json", Body=b"{")
    work(places)
    [line] = dead_letters(capsys, "list").splitlines()
    assert " ferry  RuntimeError: articles/ferry/article.json: " in line

    metadata = {"modified-at": "2026-03-01T10:00:00+00:00", "received-at": "2026-03-01T10:00:00+00:00"}
    metadata |= {"source-sha256": "0", "body-sha256": "0", "status": "published"}
    s3().put_object(Bucket=places.bucket, Key="articles/ferry/article.json", Body=article, Metadata=metadata)
    message_id = line.split()[0]
    assert dead_letters(capsys, "resend", message_id) == f"{message_id}  resent\n"
    assert dead_letters(capsys, "list") == ""
    work(places)
    assert "cards/ferry/manifest.json" in places.list_keys("cards/")


def test_resends_more_messages_than_one_receive_call_returns(places, capsys):
    for number in range(23):
        sqs().send_message(
            QueueUrl=places.dead_letter_url, MessageBody=json.dumps({"source": "desk", "inbox": f"inbox/{number}"})
        )
    assert len(dead_letters(capsys, "list").splitlines()) == 23
    assert len(dead_letters(capsys, "resend", "--all").splitlines()) == 23
    assert dead_letters(capsys, "list") == ""
    assert (message_count(places.queue_url), message_count(places.dead_letter_url)) == (23, 0)


def test_listed_messages_are_visible_again_at_once(places, capsys):
    sqs().send_message(QueueUrl=places.dead_letter_url, MessageBody="not ours")
    first = dead_letters(capsys, "list")
    assert first == dead_letters(capsys, "list")
    assert "  -  -  not stored: " in first
    assert "not ours" in dead_letters(capsys, "show", first.split()[0])


def test_lists_photo_messages_with_their_reason_and_resends_them_to_the_photo_queue(places, capsys):
    send(as_body(native("ferry", image={"url": "https://pictures.example/a.jpg"})), "msg_1")
    article = places.body("articles/ferry/article.json")
    metadata = s3().head_object(Bucket=places.bucket, Key="articles/ferry/article.json")["Metadata"]
    enqueue(places.photo_queue_url, RenderRequest("(photo)", article_id="ferry"))
    s3().put_object(Bucket=places.bucket, Key="articles/ferry/article.json", Body=b"{", Metadata=metadata)
    while messages := places.messages(places.photo_queue_url):
        assert failed_ids(photo_worker.app.handler(sqs_event(*messages), Context()))
    [line] = dead_letters(capsys, "list").splitlines()
    assert "  (photo)  ferry  RuntimeError: articles/ferry/article.json: " in line

    s3().put_object(Bucket=places.bucket, Key="articles/ferry/article.json", Body=article, Metadata=metadata)
    message_id = line.split()[0]
    assert dead_letters(capsys, "resend", message_id) == f"{message_id}  resent\n"
    assert (message_count(places.photo_dead_letter_url), message_count(places.photo_queue_url)) == (0, 1)
    work(places)
    assert "cards/ferry/manifest.json" in places.list_keys("cards/")
    assert places.list_keys("failures/articles/") == []


def test_exits_with_2_for_an_unknown_id_and_resends_the_others(places, capsys):
    sqs().send_message(QueueUrl=places.dead_letter_url, MessageBody="not ours")
    known = dead_letters(capsys, "list").split()[0]
    assert command(["resend", "nobody", known]) == 2
    output = capsys.readouterr()
    assert output.out == f"{known}  resent\n"
    assert output.err == "storycard: nobody: expected the ID of a visible dead letter, got none\n"


@pytest.mark.parametrize(
    "name", ["BUCKET", "QUEUE_URL", "DEAD_LETTER_QUEUE_URL", "PHOTO_QUEUE_URL", "PHOTO_DEAD_LETTER_QUEUE_URL"]
)
def test_names_a_missing_environment_variable(places, capsys, monkeypatch, name):
    monkeypatch.delenv(name)
    assert command(["list"]) == 2
    assert capsys.readouterr().err.startswith(f"storycard: {name}: expected an environment variable")


def test_reports_a_missing_queue_in_one_line(places, capsys, monkeypatch):
    monkeypatch.setenv("DEAD_LETTER_QUEUE_URL", places.dead_letter_url + "-gone")
    assert command(["list"]) == 2
    error = capsys.readouterr().err
    assert error.startswith("storycard: AWS: ")
    assert error.count("\n") == 1


def test_reports_the_failed_message_even_if_its_reason_cannot_be_stored(places, monkeypatch):
    """Without a bucket the reason cannot be stored, but the failed message must still be reported to SQS."""
    for key in places.list_keys():
        s3().delete_object(Bucket=places.bucket, Key=key)
    s3().delete_bucket(Bucket=places.bucket)
    report = render_worker.app.handler(sqs_event({"MessageId": "m1", "Body": "not json"}), Context())
    assert report == {"batchItemFailures": [{"itemIdentifier": "m1"}]}


def test_shows_a_request_without_a_delivery(places, capsys):
    enqueue(places.dead_letter_url, RenderRequest("embargo", article_id="ferry"))
    [line] = dead_letters(capsys, "list").splitlines()
    page = dead_letters(capsys, "show", line.split()[0])
    assert re.search(r"^article: +ferry$", page, re.MULTILINE)
    assert '"source": "embargo"' in page


def test_resends_done_events_to_their_queue(places, capsys, monkeypatch):
    done_url = places.queue_url.replace("renders", "done")
    monkeypatch.setenv("DONE_DEAD_LETTER_QUEUE_URL", places.photo_dead_letter_url)
    monkeypatch.setenv("PHOTO_DEAD_LETTER_QUEUE_URL", places.dead_letter_url)
    event = {"id": "msg_1", "type": "cards.published", "data": {"article_id": "ferry", "version": "0123456789abcdef"}}
    sqs().send_message(QueueUrl=places.photo_dead_letter_url, MessageBody=json.dumps(event))
    [line] = dead_letters(capsys, "list").splitlines()
    assert "  (done)  ferry  the receiver of [outgoing] did not accept it" in line
    assert '"cards.published"' in dead_letters(capsys, "show", line.split()[0])
    dead_letters(capsys, "resend", "--all")
    assert (message_count(places.photo_dead_letter_url), message_count(done_url)) == (0, 1)


def test_a_letter_sends_no_commands_to_the_terminal(places, capsys):
    announced = json.dumps({"data": {"article_id": "\x1b]0;owned\x07\u202e"}})
    sqs().send_message(QueueUrl=places.dead_letter_url, MessageBody=announced)
    delivery = json.dumps({"source": "desk", "inbox": "inbox/desk/msg_1/x"})
    sqs().send_message(QueueUrl=places.dead_letter_url, MessageBody=delivery)
    metadata = {"source": "desk", "event-id": "msg_1", "received-at": "2026-03-01T10:00:00+00:00", "format": "native"}
    s3().put_object(Bucket=places.bucket, Key="inbox/desk/msg_1/x", Body=b"\x1b[2Ja\nb", Metadata=metadata)
    listed = dead_letters(capsys, "list")
    shown = dead_letters(capsys, "show", *(line.split()[0] for line in listed.splitlines()))
    assert not set("\x1b\x07\u202e") & set(listed + shown)
    assert "\ufffd]0;owned" in listed
    assert "a\nb" in shown

"""Runs the pump on moto's SQS: which messages are deleted, retried, or moved to the dead-letter queue."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import uuid4

import pytest

from local_stack.aws import client
from local_stack.pump import pump
from support.waiting import PATIENCE, until

RECEIVES = 3


@dataclass(frozen=True, slots=True)
class Queue:
    sqs: object
    url: str
    dead_letter_url: str

    def send(self, *bodies: str) -> None:
        for body in bodies:
            self.sqs.send_message(QueueUrl=self.url, MessageBody=body)

    def left(self) -> int:
        return self._count(self.url)

    def dead(self) -> list[str]:
        messages = self.sqs.receive_message(QueueUrl=self.dead_letter_url, MaxNumberOfMessages=10, VisibilityTimeout=0)
        return sorted(message["Body"] for message in messages.get("Messages", ()))

    def _count(self, url: str) -> int:
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        return sum(map(int, self.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"].values()))


@pytest.fixture
def queue(aws) -> Queue:
    sqs, name = client("sqs", aws), uuid4().hex
    dead_letter_url = sqs.create_queue(QueueName=f"{name}-dead")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=dead_letter_url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    redrive = json.dumps({"deadLetterTargetArn": arn, "maxReceiveCount": RECEIVES})
    url = sqs.create_queue(QueueName=name, Attributes={"VisibilityTimeout": "0", "RedrivePolicy": redrive})["QueueUrl"]
    return Queue(sqs, url, dead_letter_url)


@contextmanager
def pumping(queue: Queue, handler: Callable) -> Iterator[None]:
    stop = threading.Event()
    thread = threading.Thread(target=pump, args=(queue.sqs, queue.url, handler, stop))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(PATIENCE)
        assert not thread.is_alive()


def test_deletes_successes_and_moves_failures_to_the_dead_letter_queue(queue):
    seen: list[str] = []

    def handler(event: dict) -> dict:
        seen.extend(record["body"] for record in event["Records"])
        failures = [record["messageId"] for record in event["Records"] if record["body"] == "bad"]
        return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in failures]}

    queue.send("a", "bad", "c")
    with pumping(queue, handler):
        until(lambda: queue.dead() == ["bad"], "one dead letter")
    assert sorted(seen) == ["a"] + ["bad"] * RECEIVES + ["c"]
    assert queue.left() == 0


def test_exception_fails_the_whole_batch(queue, caplog):
    calls: list[int] = []

    def handler(event: dict) -> None:
        calls.append(len(event["Records"]))
        if len(calls) == 1:
            raise RuntimeError("out of luck")

    queue.send("a", "b")
    with pumping(queue, handler):
        until(lambda: queue.left() == 0, "an empty queue")
    assert calls[:2] == [2, 2]
    assert "out of luck" in caplog.text
    assert queue.dead() == []


@pytest.mark.parametrize("identifier", ["of another batch", "", None])
def test_malformed_report_fails_the_whole_batch(queue, identifier):
    with pumping(queue, lambda event: {"batchItemFailures": [{"itemIdentifier": identifier}]}):
        queue.send("a")
        until(lambda: queue.dead() == ["a"], "one dead letter")


def test_record_has_the_shape_of_lambdas(queue):
    records: list[dict] = []
    attributes = {
        "trace": {"DataType": "String", "StringValue": "1-2-3"},
        "raw": {"DataType": "Binary", "BinaryValue": b"\x00\xff"},
    }
    queue.sqs.send_message(QueueUrl=queue.url, MessageBody="hello", MessageAttributes=attributes)
    with pumping(queue, lambda event: records.extend(event["Records"])):
        until(lambda: bool(records), "a call of the handler")
    record = records[0]
    assert record["body"] == "hello"
    assert record["eventSource"] == "aws:sqs"
    assert record["attributes"]["ApproximateReceiveCount"] == "1"
    assert record["messageAttributes"]["trace"]["stringValue"] == "1-2-3"
    assert record["messageAttributes"]["raw"]["binaryValue"] == "AP8="


def test_waits_for_a_message_instead_of_asking_again_and_again(queue):
    waits: list[int] = []
    queue.sqs.meta.events.register(
        "provide-client-params.sqs.ReceiveMessage", lambda params, **_: waits.append(params["WaitTimeSeconds"])
    )
    with pumping(queue, lambda event: None):
        until(lambda: waits, "a poll")
    assert min(waits) > 0

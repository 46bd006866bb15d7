"""Runs the worker on what is queued, and reads the metrics that handlers print."""

import json

import render_worker.app
from adapters import clients
from support.lambda_events import Context, sqs_event


def work(aws) -> None:
    _render(aws)
    if aws.prepare_photos():
        _render(aws)


def _render(aws) -> None:
    messages = aws.messages()
    for message in messages:
        clients.sqs().delete_message(QueueUrl=aws.queue_url, ReceiptHandle=message["ReceiptHandle"])
    render_worker.app.handler(sqs_event(*messages), Context())


def measured(capsys) -> dict[str, list]:
    """Returns the values of each metric that was flushed since the last call."""
    found: dict[str, list] = {}
    for line in capsys.readouterr().out.splitlines():
        for name, value in json.loads(line).items():
            if isinstance(value, list):
                found.setdefault(name, []).extend(value)
    return found

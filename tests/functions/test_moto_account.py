"""Tests that moto's AWS is the same for every test."""

import pytest

from adapters.clients import events, s3, secretsmanager, sqs


@pytest.fixture(autouse=True)
def moto_s3(second_s3):
    if second_s3:
        pytest.skip("S3 is not moto's")


def test_restores_an_account(restored):
    before = restored()
    first = _contents(before)
    s3().put_object(Bucket=before.bucket, Key="articles/ferry/article.json", Body=b"{}")
    sqs().send_message(QueueUrl=before.queue_url, MessageBody="{}")
    sqs().create_queue(QueueName="another")
    sqs().set_queue_attributes(QueueUrl=before.queue_url, Attributes={"VisibilityTimeout": "9"})
    events().put_events(Entries=[{"Source": "storycard", "DetailType": "Cards Published", "Detail": "{}"}])
    before.connect("", "[sources.another]")
    after = restored()
    assert after == before
    assert _contents(after) == first


def _contents(aws) -> dict:
    return {
        "objects": aws.list_keys(),
        "messages": aws.messages(),
        "events": aws.events(),
        "queues": sqs().list_queues()["QueueUrls"],
        "timeout": sqs().get_queue_attributes(QueueUrl=aws.queue_url, AttributeNames=["VisibilityTimeout"])["Attributes"],
        "sources": secretsmanager().get_secret_value(SecretId="webhooks")["SecretString"],
    }

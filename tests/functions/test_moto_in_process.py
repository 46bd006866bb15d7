"""Tests that moto's AWS is the same for every test, and the same with a socket as without."""

import urllib.request

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


@pytest.mark.parametrize("key", ["articles/ferry/article.json", "a b/ü+%2F?&#.json"])
def test_an_object_is_the_same_over_http(aws, key):
    s3().put_object(Bucket=aws.bucket, Key=key, Body=b"\x00\r\n", ContentType="image/png", Metadata={"until": "2026-03-01"})
    url = s3().generate_presigned_url("get_object", Params={"Bucket": aws.bucket, "Key": key})
    stored = s3().get_object(Bucket=aws.bucket, Key=key)
    with urllib.request.urlopen(url) as answer:
        assert answer.read() == stored["Body"].read() == b"\x00\r\n"
        assert answer.headers["content-type"] == stored["ContentType"] == "image/png"
        assert answer.headers["etag"] == stored["ETag"]
        assert answer.headers["x-amz-meta-until"] == stored["Metadata"]["until"] == "2026-03-01"
    assert aws.list_keys() == [key]


def test_a_precondition_that_fails_is_an_error_without_a_socket(aws):
    s3().put_object(Bucket=aws.bucket, Key="a", Body=b"1", IfNoneMatch="*")
    with pytest.raises(s3().exceptions.ClientError, match="PreconditionFailed"):
        s3().put_object(Bucket=aws.bucket, Key="a", Body=b"2", IfNoneMatch="*")
    assert aws.body("a") == b"1"

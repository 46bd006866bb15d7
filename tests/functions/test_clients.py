"""Checks how this process talks to AWS."""

from urllib.parse import parse_qs, urlsplit

import pytest

from adapters import clients


@pytest.mark.parametrize("region", ["us-east-1", "eu-north-1"])
def test_presigned_urls_have_signature_version_4_and_the_bucket_s_region(monkeypatch, region):
    for name, value in {"DEFAULT_REGION": region, "ACCESS_KEY_ID": "id", "SECRET_ACCESS_KEY": "key"}.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    for name in ("AWS_ENDPOINT_URL", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    s3 = clients.s3.__wrapped__()  # a new client, not that of another test
    url = urlsplit(s3.generate_presigned_url("get_object", {"Bucket": "storycard-bucket", "Key": "a~b.zip"}, ExpiresIn=300))
    assert (url.netloc, url.path) == (f"storycard-bucket.s3.{region}.amazonaws.com", "/a~b.zip")
    assert parse_qs(url.query)["X-Amz-Algorithm"] == ["AWS4-HMAC-SHA256"]


def test_a_write_does_not_wait_for_permission_to_send_its_body(aws):
    sent = []

    def note(request, **_):
        sent.append(request.headers.get("Expect"))

    clients.s3().meta.events.register("before-send.s3.PutObject", note)
    clients.s3().put_object(Bucket=aws.bucket, Key="story", Body=b"a story")
    clients.s3().meta.events.unregister("before-send.s3.PutObject", note)
    assert sent == [None]
    assert aws.body("story") == b"a story"

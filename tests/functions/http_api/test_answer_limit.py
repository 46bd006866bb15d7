"""Tests that no answer is larger than what a Lambda function may return, in bytes of its JSON with base64 and escapes."""

import gzip
import json
from types import SimpleNamespace

import pytest

from adapters.storage.article_store import find_article
from adapters.storage.s3_objects import put_object
from adapters.storage.version_store import put_version
from http_api.answer_limit import MAX_ANSWER, MAX_BODY, size_in_json
from http_api.app import handler
from http_api.cards.accept import accepts_gzip
from http_api.posts import limits
from publishing.cards.version_record import MAX_WORDS, version_record
from support.lambda_events import call, native
from support.stored_articles import store_article
from support.team_tokens import EDITOR, TOKENS, VIEWER

ZIPPED = {"accept-encoding": "br, gzip;q=0.5"}
LONG = [{"text": "港の船" * 3_300, "speaker": '"' * 900} for _ in range(100)]  # 3 bytes a character; 4 a quotation mark
ANSWERS = [{"question": f"{number}?", "answer": "夜の港" * 3_300} for number in range(100)]


@pytest.fixture(autouse=True)
def _tokens(aws):
    aws.connect(TOKENS)


def sized_call(path: str, headers: dict[str, str]):
    """Calls the API, and checks the size of its answer as Lambda counts it."""
    sizes = []

    def measured(event, context):
        answer = handler(event, context)
        sizes.append(len(json.dumps(answer, ensure_ascii=False).encode()))
        return answer

    answer = call(measured, "GET", path, headers)
    assert sizes[0] <= MAX_ANSWER
    return answer


def put_long_article(aws) -> bytes:
    body = json.dumps(native("ferry", quotes=LONG, questions=ANSWERS), ensure_ascii=False).encode()
    put_object(aws.bucket, "articles/ferry/article.json", body, ContentType="application/json")
    return body


def test_a_long_article_is_compressed_for_clients_that_accept_it(aws):
    body = put_long_article(aws)
    assert 5_900_000 < len(body) < MAX_ANSWER
    answer = sized_call("/articles/ferry", VIEWER | ZIPPED)
    assert (answer.status, answer.headers["content-encoding"], answer.headers["vary"]) == (200, "gzip", "Accept-Encoding")
    assert answer.headers["content-length"] == str(len(answer.body))
    assert gzip.decompress(answer.body) == body


@pytest.mark.parametrize("encodings", ["", "br", "gzip;q=0"])
def test_a_long_article_is_a_problem_for_other_clients(aws, encodings):
    put_long_article(aws)
    answer = sized_call("/articles/ferry", VIEWER | {"accept-encoding": encodings})
    assert (answer.status, answer.json["type"]) == (406, "urn:storycard:problem:answer-too-large")
    assert "gzip" in answer.json["detail"]


@pytest.mark.parametrize(
    ("encodings", "accepted"),
    [
        ("gzip", True),
        ("GZIP ; Q=0.001", True),
        ("br, x-gzip", True),
        ("*", True),
        ("br;q=1, *;q=0.1", True),
        ("gzip;q=0, *", False),
        ("*;q=0", False),
        ("identity", False),
        ("gzip;q=nan", False),
        ("", False),
    ],
)
def test_gzip_is_accepted_by_name_alias_or_wildcard(encodings, accepted):
    assert accepts_gzip(encodings) == accepted


def test_versions_of_long_articles_are_short(aws):
    records = []
    for letter in "港船":
        fields = {"bullets": [letter * 990] * 40, "quotes": LONG[:3], "questions": ANSWERS[:3]}
        store_article(aws, updated_at=f"2026-03-0{len(records) + 1}T10:00:00Z", **fields)
        stored = find_article(aws.bucket, "ferry")
        records.append(version_record(stored, SimpleNamespace(photo=None), {"theme": letter, "renderer": "1"}))
    assert all(sum(map(len, record["story"]["bullets"])) <= MAX_WORDS for record in records)
    for number in range(24):
        version = {"version": f"{number:016x}", "rendered_at": f"2026-03-02T10:{number:02}:00Z"}
        body = json.dumps(records[number % 2] | version, ensure_ascii=False).encode()
        assert len(body) < 200_000
        put_version(aws.bucket, "ferry", version["version"], body, stored.revision)
    rows = sized_call("/articles/ferry/versions", VIEWER).json["versions"]
    assert [len(row["changed"]) for row in rows] == [2] * 23 + [0]


def test_a_post_with_as_many_comments_as_there_may_be_is_small(aws):
    store_article(aws)
    path = call(handler, "POST", "/articles/ferry/posts", EDITOR, b"{}").headers["location"]
    key = f"posts/ferry/{path.rpartition('/')[2]}.json"
    post = json.loads(aws.body(key))
    post["comments"] = [{"at": "2026-03-01T10:00:00Z", "by": "viewer", "text": "港" * limits.MAX_COMMENT}] * limits.MAX_COMMENTS
    put_object(aws.bucket, key, json.dumps(post, ensure_ascii=False).encode())
    answer = sized_call(path, VIEWER)
    assert len(answer.json["comments"]) == limits.MAX_COMMENTS
    assert len(answer.body) < 400_000


def test_counts_bytes_of_json_and_of_base64():
    assert size_in_json('"港') == len('"\\"港"'.encode())
    assert size_in_json(b"1234") == 8
    assert MAX_BODY < MAX_ANSWER

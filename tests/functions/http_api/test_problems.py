"""Tests error responses: status, problem document, and what they must not reveal."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from adapters.clients import s3
from adapters.web.problems import PROBLEMS
from http_api.app import handler, logger
from support.lambda_events import call
from support.stored_articles import store_article

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
VERSION = "0123456789abcdef"
NO_IDS = [".hidden", "..", "-x", "a%2Fb", "a%20b", "%2e%2e", "a b", 'a"b', "a\\b", "ä", "a?b", "a\x00b", "a/b/c/d/e"]
NO_IDS += ["a/b", "a" * 129, "a" * 10_000, "%" * 10_000]
NO_IDS += ["\x84"]
SHAPES = ["/cards/{}", "/cards/{}/headline/og.png", "/cards/{}/" + VERSION + "/headline/og.png"]


def refused(http, path: str, status: int, method: str = "GET") -> dict:
    """Returns the problem that answers a request, after checking what all problems have in common."""
    answer = http(method, path, {"accept": "application/json"})
    assert answer.status == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    problem = answer.json
    assert problem["status"] == status
    assert problem["type"].startswith("urn:storycard:problem:")
    assert problem["title"]
    assert len(answer.body) < 1200
    assert "Traceback" not in answer.body.decode()
    return problem


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("article_id", NO_IDS)
def test_rejects_an_invalid_article_id_before_any_lookup(http, endpoint, shape, article_id):
    # There is no bucket, so any lookup would be a 500.
    problem = refused(http, shape.format(article_id), 400)
    assert problem["field"] == "id"
    assert "letters, digits" in problem["detail"]


@pytest.mark.parametrize(("method", "path"), [("POST", "/cards/\x84"), ("PUT", "/articles/\x84"), ("GET", "/share/a/b/c")])
def test_rejects_an_invalid_id_for_every_method(http, endpoint, method, path):
    assert refused(http, path, 400, method)["field"] == "id"


def test_looks_up_any_valid_id(http, aws):
    assert refused(http, "/cards/A1._~-" + "b" * 122, 404)["title"] == "There is no such article"


@pytest.mark.parametrize(
    ("path", "field", "known"),
    [
        ("/cards/ferry/poster/og.png", "kind", "headline, bullet, quote"),
        ("/cards/ferry/headline/billboard.png", "format", "og, x, linkedin"),
        ("/cards/ferry/headline/og.gif", "extension", "png, jpg, webp, avif"),
        ("/cards/ferry/headline/og.svg", "extension", "png, jpg, webp, avif"),
        ("/cards/ferry/headline/billboard", "format", "og, x, linkedin"),
        ("/cards/ferry/headline/OG.png", "format", "og, x, linkedin"),
        (f"/cards/ferry/{VERSION}/poster/og.png", "kind", "headline, bullet, quote"),
        ("/cards/ferry/" + "h" * 10_000 + "/og.png", "kind", "headline, bullet, quote"),
    ],
)
def test_an_unknown_name_is_404_and_lists_the_known_ones(http, aws, path, field, known):
    store_article(aws)
    problem = refused(http, path, 404)
    assert problem["field"] == field
    assert known in problem["detail"]


@pytest.mark.parametrize("version", ["0123", VERSION.upper(), "b"])
def test_reports_an_invalid_version_as_part_of_the_id(http, endpoint, version):
    problem = refused(http, f"/cards/ferry/{version}/headline/og.png", 400)  # API Gateway passes ferry%2F0123 on as this
    assert problem["field"] == "id"
    assert f"'ferry/{version}'" in problem["detail"]


@pytest.mark.parametrize("shape", SHAPES)
def test_an_unknown_article_is_404(http, aws, shape):
    assert refused(http, shape.format("nobody"), 404)["detail"] == "There is no published article with the ID 'nobody'."


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("fields", [{"status": "draft"}, {"embargo_until": (datetime.now(UTC) + timedelta(hours=1)).isoformat()}])
def test_drafts_and_embargoed_articles_look_unknown_and_store_nothing_public(http, aws, shape, fields):
    store_article(aws, **fields)
    unknown, hidden = refused(http, shape.format("nobody"), 404), refused(http, shape.format("ferry"), 404)
    assert json.dumps(hidden) == json.dumps(unknown).replace("nobody", "ferry")
    assert aws.list_keys("cards/") == []


def test_serves_cards_after_an_embargo_has_ended(http, aws):
    store_article(aws, embargo_until=(datetime.now(UTC) - timedelta(seconds=1)).isoformat())
    assert http("GET", "/cards/ferry/headline/og.png").status == 200


@pytest.mark.usefixtures("one_format")  # renders less
def test_a_withdrawn_article_is_410_even_if_its_cards_are_stored(http, aws):
    store_article(aws)
    version = http("GET", "/cards/ferry").json["version"]
    store_article(aws, status="withdrawn", updated_at="2026-03-01T11:00:00Z")
    for path in ("/cards/ferry", "/cards/ferry/headline/og.png", f"/cards/ferry/{version}/headline/og.png"):
        assert refused(http, path, 410)["title"] == "This article was withdrawn"
        assert http("GET", path, {"if-none-match": "*"}).status == 410


def test_a_skipped_card_is_404_with_the_reason(http, aws):
    store_article(aws, quotes=[])
    problem = refused(http, "/cards/ferry/quote/og.png", 404)
    assert problem["title"] == "This article has no such card"
    assert problem["detail"].startswith("quote-og: ")
    assert aws.list_keys("cards/") == []


def test_an_old_version_that_is_not_stored_is_404(http, aws):
    store_article(aws)
    assert "version" in refused(http, f"/cards/ferry/{VERSION}/headline/og.png", 404)["detail"]


@pytest.mark.parametrize("path", ["/", "/nothing", "/cards", "/cards/", "/favicon.ico", "/HEALTHZ"])
def test_an_unknown_path_is_404(http, endpoint, path):
    assert refused(http, path, 404)["title"] == "There is nothing here"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY"])
@pytest.mark.parametrize("path", ["/healthz", *(shape.format("ferry") for shape in SHAPES[1:])])
def test_a_wrong_method_is_405_and_lists_the_allowed_ones(http, endpoint, path, method):
    answer = http(method, path)
    assert answer.status == 405
    assert answer.headers["allow"] == "GET, HEAD"
    assert answer.json["title"]


@pytest.mark.parametrize("method", ["get", "Head", "FOO"])
@pytest.mark.parametrize("path", ["/healthz", "/cards/ferry", "/articles/ferry"])
def test_methods_are_case_sensitive(aws, path, method):
    answer = call(handler, method, path)
    assert answer.status == (404 if method == "FOO" else 405)


def test_an_error_response_to_head_has_no_body(http, endpoint):
    answer = http("HEAD", "/cards/.hidden")
    assert answer.status == 400
    assert answer.body == b""


def test_a_fault_is_500_without_details(http, aws, log_of):
    log = log_of(logger)
    store_article(aws)
    s3().put_object(Bucket=aws.bucket, Key="articles/ferry/article.json", Body=b"{}", Metadata={})
    problem = refused(http, "/cards/ferry/headline/og.png", 500)
    assert "detail" not in problem
    assert problem["title"] == "Something went wrong on our side"
    [record] = [record for record in log() if record["level"] == "ERROR"]
    assert "articles/ferry/article.json" in record["exception"]
    assert record["correlation_id"]


def test_the_instance_is_an_escaped_and_shortened_path(http, endpoint):
    problem = refused(http, '/cards/ä b"' + "c" * 10_000, 400)
    assert problem["instance"].startswith("/cards/%C3%A4%20b%22ccc")
    assert len(problem["instance"]) < 300


def test_problem_names_are_unique():
    names = [problem.name for problem in PROBLEMS.values()]
    assert len(set(names)) == len(names)

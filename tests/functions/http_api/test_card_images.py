"""Tests direct and pinned cards: rendering on the first request, conditional requests, negotiation and caching."""

import io
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import pytest
from PIL import Image

from adapters.clients import s3
from support.card_counts import FULL_SET
from support.s3_calls import s3_calls
from support.stored_articles import store_article

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
PATHS = ["/cards/ferry", "/cards/ferry/headline/og.png", "/cards/ferry/{version}/quote/og.png"]
ONE_FORMAT = pytest.mark.usefixtures("one_format")  # renders less


def get(http, path: str, **headers: str):
    return http("GET", path, {name.replace("_", "-"): value for name, value in headers.items()})


def version_of(http, article_id: str = "ferry") -> str:
    return get(http, f"/cards/{article_id}").json["version"]


@pytest.mark.parametrize(
    ("file", "kind", "media_type", "pillow_format"),
    [
        ("og.png", "headline", "image/png", "PNG"),
        ("x.jpg", "bullet", "image/jpeg", "JPEG"),
        ("og.webp", "quote", "image/webp", "WEBP"),
        ("square.avif", "headline", "image/avif", "AVIF"),
    ],
)
def test_renders_and_stores_a_card_on_first_request(http, aws, file, kind, media_type, pillow_format):
    store_article(aws)
    answer = get(http, f"/cards/ferry/{kind}/{file}")
    assert answer.status == 200
    image = Image.open(io.BytesIO(answer.body))
    assert image.format == pillow_format
    assert image.size == {"og": (1200, 630), "x": (1200, 675), "square": (1080, 1080)}[file.split(".")[0]]
    assert answer.headers["content-type"] == media_type
    assert answer.headers["content-length"] == str(len(answer.body))
    assert answer.headers["cache-control"] == "public, max-age=60, stale-while-revalidate=60"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["etag"].startswith('"')
    assert parsedate_to_datetime(answer.headers["last-modified"]).tzinfo is not None
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert "vary" not in answer.headers
    name = f"Harbour night ferries - {kind}-{file}"
    assert answer.headers["content-disposition"] == f'inline; filename="{name}"'
    [key] = aws.list_keys("cards/")
    assert key.startswith("cards/ferry/")
    assert key.endswith(f"/{kind}-{file}")
    stored = s3().get_object(Bucket=aws.bucket, Key=key)
    assert stored["Body"].read() == answer.body
    assert stored["ContentType"] == media_type
    assert stored["CacheControl"] == "public, max-age=31536000, immutable"


def test_serves_later_requests_from_s3(http, aws):
    store_article(aws)
    first = get(http, "/cards/ferry/headline/og.png")
    [key] = aws.list_keys("cards/")
    s3().put_object(Bucket=aws.bucket, Key=key, Body=b"what S3 holds", ContentType="image/png")
    assert get(http, "/cards/ferry/headline/og.png").body == b"what S3 holds"
    assert first.body != b"what S3 holds"


@ONE_FORMAT
@pytest.mark.parametrize("path", PATHS)
def test_answers_304_if_the_etag_matches(http, aws, path):
    store_article(aws)
    path = path.format(version=version_of(http))
    full = get(http, path)
    for condition in (full.headers["etag"], f'"other", W/{full.headers["etag"]}', "*"):
        answer = get(http, path, if_none_match=condition)
        assert answer.status == 304
        assert answer.body == b""
        for name in ("etag", "last-modified", "cache-control", "access-control-allow-origin"):
            assert answer.headers[name] == full.headers[name]
        assert "content-type" not in answer.headers
    assert get(http, path, if_none_match='"other"').body == full.body


@ONE_FORMAT
@pytest.mark.parametrize("path", PATHS)
def test_answers_304_by_date_unless_an_etag_is_given(http, aws, path):
    store_article(aws)
    path = path.format(version=version_of(http))
    modified = get(http, path).headers["last-modified"]
    assert get(http, path, if_modified_since=modified).status == 304
    assert get(http, path, if_modified_since="Thu, 01 Jan 2026 00:00:00 GMT").status == 200
    assert get(http, path, if_modified_since="yesterday").status == 200
    assert get(http, path, if_modified_since=modified, if_none_match='"other"').status == 200


@ONE_FORMAT
@pytest.mark.parametrize("path", [*PATHS, "/healthz"])
def test_head_equals_get_without_the_body(http, aws, path):
    store_article(aws)
    path = path.format(version=version_of(http))
    head, full = http("HEAD", path), get(http, path)
    assert head.status == 200
    assert head.body == b""
    assert head.headers == full.headers
    assert int(head.headers["content-length"]) == len(full.body)


def test_head_renders_a_card_on_first_request(http, aws):
    store_article(aws)
    assert http("HEAD", "/cards/ferry/headline/og.png").status == 200
    assert len(aws.list_keys("cards/")) == 1


def test_head_of_a_manifest_renders_nothing(http, aws):
    store_article(aws)
    head = http("HEAD", "/cards/ferry")
    assert (head.status, head.headers["content-type"], head.headers["cache-control"]) == (200, "application/json", "no-store")
    assert aws.list_keys("cards/") == []


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8", "image/avif"),
        ("image/webp,*/*", "image/webp"),
        ("image/avif;q=0,image/webp", "image/webp"),
        ("image/*", "image/png"),
        ("*/*", "image/png"),
        ("", "image/png"),
    ],
)
def test_negotiates_the_image_type_without_an_extension(http, aws, accept, media_type):
    store_article(aws)
    for method in ("HEAD", "GET", "GET"):
        answer = http(method, "/cards/ferry/headline/og", {"accept": accept})
        assert answer.status == 200
        assert answer.headers["content-type"] == media_type
        assert answer.headers["vary"] == "Accept"
    assert len(aws.list_keys("cards/")) == 1
    assert answer.headers["content-disposition"].endswith(f'headline-og.{media_type.removeprefix("image/")}"')
    again = get(http, "/cards/ferry/headline/og", accept=accept, if_none_match=answer.headers["etag"])
    assert (again.status, again.headers["vary"]) == (304, "Accept")


def test_negotiates_jpeg_for_instagram_formats(http, aws):
    store_article(aws)
    assert get(http, "/cards/ferry/headline/square").headers["content-type"] == "image/jpeg"


@ONE_FORMAT
def test_a_pinned_card_is_immutable_for_a_year(http, aws):
    store_article(aws)
    answer = get(http, f"/cards/ferry/{version_of(http)}/headline/og.png")
    assert answer.status == 200
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


@ONE_FORMAT
def test_renders_a_pinned_card_of_the_newest_version(http, aws):
    store_article(aws)
    version = version_of(http)
    assert f"cards/ferry/{version}/headline-og.webp" not in aws.list_keys("cards/")
    assert get(http, f"/cards/ferry/{version}/headline/og.webp").status == 200


@ONE_FORMAT
def test_a_correction_changes_the_direct_url_but_not_the_pinned_one(http, aws):
    store_article(aws)
    version, before = version_of(http), get(http, "/cards/ferry/headline/og.png")
    store_article(aws, headline="Harbour ferries stop at midnight", updated_at="2026-03-01T11:00:00Z")
    after = get(http, "/cards/ferry/headline/og.png")
    assert after.headers["etag"] != before.headers["etag"]
    assert get(http, f"/cards/ferry/{version}/headline/og.png").body == before.body
    answer = get(http, f"/cards/ferry/{version}/headline/og.webp", accept="application/json")
    assert answer.status == 404  # not rendered while it was the newest, and its text is gone
    assert answer.json["title"] == "There is no such card"


def test_a_question_follows_corrections_embargo_and_withdrawal(http, aws):
    path, pair = "/cards/ferry/question-1/square.jpg", {"question": "Who pays?", "answer": "The town."}
    store_article(aws, questions=[pair])
    before = get(http, path)
    store_article(aws, questions=[pair | {"answer": "The state."}], updated_at="2026-03-01T11:00:00Z")
    after = get(http, path)
    assert (before.status, after.status) == (200, 200)
    assert after.headers["etag"] != before.headers["etag"]
    statuses = []
    for hour, change in enumerate(({"embargo_until": "2100-01-01T00:00:00Z"}, {"status": "withdrawn"})):
        store_article(aws, questions=[pair], updated_at=f"2026-03-02T1{hour}:00:00Z", **change)
        statuses.append(get(http, path).status)
    assert statuses == [404, 410]


def test_numbered_kinds_have_no_modern_types_unless_an_editor_ordered_them(http, aws):
    store_article(aws, questions=[{"question": "Who pays?", "answer": "The town."}])
    for kind in ("question-1", "carousel-1"):
        for extension in ("avif", "webp"):
            answer = get(http, f"/cards/ferry/{kind}/square.{extension}", accept="application/json")
            assert (answer.status, "png, jpg" in answer.json["detail"]) == (404, True), answer.json
        negotiated = get(http, f"/cards/ferry/{kind}/square", accept="image/avif,image/webp,*/*")
        assert (negotiated.status, negotiated.headers["content-type"]) == (200, "image/jpeg")
    assert not [key for key in aws.list_keys("cards/") if key.endswith(("avif", "webp"))]


def test_a_manifest_request_renders_the_whole_set(http, aws):
    store_article(aws)
    answer = get(http, "/cards/ferry")
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "public, max-age=60"
    manifest = answer.json
    assert (manifest["article_id"], manifest["language"], len(manifest["cards"])) == ("ferry", "en", FULL_SET)
    for card in manifest["cards"]:
        assert card["url"].startswith(f"https://cards.example/cards/ferry/{manifest['version']}/")
        image = get(http, card["url"].removeprefix("https://cards.example"))
        assert Image.open(io.BytesIO(image.body)).size == (card["width"], card["height"])
        assert len(image.body) == card["bytes"]
    assert get(http, "/cards/ferry").body == answer.body


@ONE_FORMAT
def test_replaces_the_manifest_of_an_older_revision(http, aws):
    store_article(aws)
    before = version_of(http)
    store_article(aws, headline="Harbour ferries stop at midnight", updated_at="2026-03-01T11:00:00Z")
    assert version_of(http) != before


@ONE_FORMAT
def test_replaces_a_missing_card_of_a_set(http, aws):
    store_article(aws)
    get(http, "/cards/ferry")
    lost = aws.list_keys("cards/ferry/")[0]
    s3().delete_object(Bucket=aws.bucket, Key=lost)
    get(http, "/cards/ferry")
    assert lost in aws.list_keys("cards/ferry/")


@pytest.mark.parametrize("headers", [{}, {"if_none_match": '"older"'}, {"if_none_match": "*"}])
def test_a_stored_card_costs_two_calls_to_s3(aws, http, headers):
    store_article(aws)
    get(http, "/cards/ferry/headline/og.png")
    with s3_calls() as calls:
        get(http, "/cards/ferry/headline/og.png", **headers)
    assert calls == ["GetObject", "GetObject"]  # the article, which may be withdrawn, and the card


def test_healthz_needs_no_s3(http, aws):
    s3().delete_bucket(Bucket=aws.bucket)
    answer = get(http, "/healthz")
    assert answer.status == 200
    assert answer.json == {"status": "ok"}

"""Tests saved posts: what is stored and answered, ETags, reviews, and what corrections of the article do to them."""

import json
from datetime import UTC, datetime

import pytest

from http_api import app
from http_api.app import handler
from http_api.posts import limits, posts, record
from support.lambda_events import call
from support.stored_articles import store_article
from support.team_tokens import EDITOR, SECOND_EDITOR, TOKENS, VIEWER

POSTS = "/articles/ferry/posts"
CHANGES = {"changes": {"headline": "Boats by night"}, "format_changes": {"x": {"headline": "Boats"}}, "text": "Sail!\n#ferry"}
LATER = "2026-03-01T11:00:00Z"


@pytest.fixture(autouse=True)
def ferry(system):
    """Provides tokens and one published article."""
    system.connect(TOKENS, "")
    store_article(system, "ferry")


def create(**fields: object):
    return call(handler, "POST", POSTS, EDITOR, json.dumps(fields).encode())


def save(path: str, etag: str, who: dict = EDITOR, **fields: object):
    return call(handler, "PUT", path, who | {"if-match": etag}, json.dumps(fields).encode())


def test_a_post_is_stored_as_it_is_written_and_listed(system):
    made = create(name="For Friday", formats=["og", "x"], **CHANGES)
    assert made.status == 201
    path, post = made.headers["location"], made.json
    assert path == f"{POSTS}/{post['post']}"
    assert post["based_on"]["headline"] == "Harbour night ferries"
    assert {name: post[name] for name in ("name", "formats", "status", *CHANGES)} == {
        "name": "For Friday",
        "formats": ["og", "x"],
        "status": "draft",
        **CHANGES,
    }
    assert [(line["action"], line["by"]) for line in post["history"]] == [("created", "editor")]
    assert {change["field"]: (change.get("was"), change["is"]) for change in post["history"][0]["changed"]} == {
        "format_changes.x.headline": ("Harbour night ferries", "Boats"),
        "formats": (None, ["og", "x"]),
        "headline": ("Harbour night ferries", "Boats by night"),
        "name": (None, "For Friday"),
        "text": (None, "Sail!\n#ferry"),
    }
    assert not {"outdated", "not_in_article", "share_url", "card", "approved", "_"} & post.keys()
    got = call(handler, "GET", path, VIEWER)
    assert (got.json, got.headers["etag"]) == (post, made.headers["etag"])
    unchanged = call(handler, "GET", path, VIEWER | {"if-none-match": got.headers["etag"]})
    assert (unchanged.status, unchanged.body) == (304, b"")
    [listed] = call(handler, "GET", POSTS, VIEWER).json["posts"]
    assert listed == {name: value for name, value in post.items() if name != "history"}
    assert system.list_keys("posts/") == [f"posts/ferry/{post['post']}.json"]


def test_two_editors_do_not_overwrite_each_other():
    made = create(**CHANGES)
    path, etag = made.headers["location"], made.headers["etag"]
    blind = call(handler, "PUT", path, EDITOR, b"{}")
    assert (blind.status, blind.json["type"]) == (428, "urn:storycard:problem:precondition-missing")
    first = save(path, etag, text="First")
    second = save(path, etag, SECOND_EDITOR, text="Second")
    assert (first.status, second.status) == (200, 412)
    assert second.json["type"] == "urn:storycard:problem:precondition-failed"
    assert call(handler, "GET", path, VIEWER).json["text"] == "First"
    assert save(path, first.headers["etag"], SECOND_EDITOR, text="Second").json["updated_by"] == "deputy"


def test_equal_contents_of_different_states_have_different_etags():
    made = create(text="One")
    path = made.headers["location"]
    second = save(path, made.headers["etag"], text="Two")
    third = save(path, second.headers["etag"], text="One")
    assert save(path, made.headers["etag"], text="Three").status == 412
    assert save(path, third.headers["etag"], text="One").headers["etag"] == third.headers["etag"]  # nothing was written


def test_an_empty_text_is_not_the_same_as_none():
    made = create(**CHANGES)
    path = made.headers["location"]
    cleared = save(path, made.headers["etag"], **CHANGES | {"text": ""})
    assert cleared.json["text"] == ""
    assert cleared.json["history"][-1]["changed"][-1] == {"field": "text", "was": CHANGES["text"], "is": ""}
    without = {name: value for name, value in CHANGES.items() if name != "text"}
    assert "text" not in save(path, cleared.headers["etag"], **without).json
    assert "text" not in create(**without).json


def test_a_comment_in_between_does_not_stop_an_editor():
    made = create(**CHANGES)
    path, etag = made.headers["location"], made.headers["etag"]
    said = call(handler, "POST", f"{path}/comments", VIEWER, b'{"text": "Too long for X?"}')
    assert said.status == 201
    assert [(comment["by"], comment["text"]) for comment in said.json["comments"]] == [("viewer", "Too long for X?")]
    saved = save(path, etag, **CHANGES | {"text": "Sail"})
    assert saved.status == 200
    assert saved.json["comments"] == said.json["comments"]
    assert [line["action"] for line in saved.json["history"]] == ["created", "commented", "changed"]
    assert call(handler, "POST", f"{path}/comments", VIEWER, b'{"text": " "}').status == 422


def test_deleting_a_post_respects_if_match():
    made = create(**CHANGES)
    path = made.headers["location"]
    saved = save(path, made.headers["etag"], text="Newer")
    assert call(handler, "DELETE", path, EDITOR | {"if-match": made.headers["etag"]}).status == 412
    assert call(handler, "DELETE", path, EDITOR | {"if-match": saved.headers["etag"]}).status == 204
    for method, body in (("GET", b""), ("DELETE", b""), ("PUT", b"{}")):
        assert call(handler, method, path, EDITOR | {"if-match": "*"}, body).json["type"] == "urn:storycard:problem:post-unknown"


def test_a_correction_marks_posts_as_outdated_until_an_editor_has_looked_at_it(system):
    made = create(**CHANGES)
    path = made.headers["location"]
    store_article(system, "ferry", headline="Harbour ferries do NOT run", updated_at=LATER)
    got = call(handler, "GET", path, VIEWER | {"if-none-match": made.headers["etag"]})
    difference = {"field": "headline", "was": "Harbour night ferries", "is": "Harbour ferries do NOT run"}
    assert got.json["outdated"] == [difference]
    assert got.json["etag"] == made.json["etag"]
    saved = save(path, got.headers["etag"], **CHANGES | {"text": "Sail"})  # as a page that does not know of it
    assert saved.json["outdated"] == [difference]
    seen = save(path, saved.headers["etag"], **CHANGES | {"text": "Sail", "based_on": saved.json["based_on"]["version"]})
    assert "outdated" in seen.json
    version = saved.json["outdated_by"]
    seen = save(path, saved.headers["etag"], **CHANGES | {"text": "Sail", "based_on": version})
    assert "outdated" not in seen.json
    assert seen.json["based_on"]["version"] == version


def test_a_post_is_compared_with_what_its_editor_saw(system):
    seen = call(handler, "GET", "/cards/ferry").json["version"]
    store_article(system, "ferry", headline="Harbour ferries do NOT run", quotes=[], updated_at=LATER)
    made = create(**CHANGES, based_on=seen)
    assert made.json["based_on"]["version"] == seen
    difference = {"field": "headline", "was": "Harbour night ferries", "is": "Harbour ferries do NOT run"}
    assert made.json["outdated"][0] == difference
    assert [change["field"] for change in made.json["outdated"]] == ["headline", "quotes"]
    path = made.headers["location"]
    assert call(handler, "GET", path, VIEWER).json["outdated"] == made.json["outdated"]
    for unknown in ("0" * 16, "../../manifest", ""):
        assert "outdated" not in create(**CHANGES, based_on=unknown).json
    store_article(system, "ferry", updated_at="2026-03-02T11:00:00Z")
    assert "outdated" not in call(handler, "GET", path, VIEWER).json  # the words that the editor saw are back


def test_a_quote_that_is_not_in_the_article_is_marked_and_may_be_forbidden(configure, log_of):
    lines = log_of(app.logger)
    own, foreign = ({"changes": {"quote": {"text": text}}} for text in ("“NOBODY should have to swim”", "Nobody swims."))
    assert "not_in_article" not in create(**own).json
    made = create(**foreign)
    assert made.json["not_in_article"] == made.json["history"][0]["not_in_article"] == ["quote"]
    assert [line.get("not_in_article") for line in lines() if line["message"] == "audit"] == [None, ["quote"]]
    configure("POST_QUOTES", "article")
    assert create(**own).status == 201
    orders = [("POST", POSTS, foreign), ("POST", "/cards/ferry", foreign["changes"])]
    orders += [("POST", POSTS, {"format_changes": {"x": foreign["changes"]}})]
    refused = [call(handler, method, path, EDITOR, json.dumps(body).encode()) for method, path, body in orders]
    assert [(answer.status, answer.json["field"]) for answer in refused] == [
        (422, "quote"),
        (422, "quote"),
        (422, "format_changes.x.quote"),
    ]


def test_sharing_needs_the_approval_of_a_second_editor_if_the_operator_says_so(configure):
    configure("POST_APPROVAL", "required")
    assert create(**CHANGES, status="shared").json["type"] == "urn:storycard:problem:approval-missing"
    made = create(**CHANGES)
    path, etag = made.headers["location"], made.headers["etag"]
    assert save(path, etag, **CHANGES, status="shared").status == 409
    own = call(handler, "PUT", f"{path}/approval", EDITOR)
    assert (own.status, own.json["type"]) == (409, "urn:storycard:problem:approval-by-author")
    approved = call(handler, "PUT", f"{path}/approval", SECOND_EDITOR | {"if-match": etag})
    assert approved.json["approved"]["by"] == "deputy"
    changed = save(path, etag, **CHANGES | {"text": "Other"})
    assert "approved" not in changed.json
    assert call(handler, "PUT", f"{path}/approval", SECOND_EDITOR | {"if-match": etag}).status == 412
    assert call(handler, "PUT", f"{path}/approval", SECOND_EDITOR).status == 200
    shared = save(path, changed.headers["etag"], **CHANGES | {"text": "Other"}, status="shared")
    assert (shared.status, shared.json["approved"]["by"]) == (200, "deputy")
    taken_back = call(handler, "DELETE", f"{path}/approval", EDITOR).json
    assert (taken_back["status"], "approved" in taken_back) == ("draft", False)
    assert [line["action"] for line in taken_back["history"]][-4:] == ["approved", "shared", "unapproved", "unshared"]


def test_viewers_read_and_comment_but_change_nothing():
    path = create(**CHANGES).headers["location"]
    refused = [("POST", POSTS), ("PUT", path), ("DELETE", path), ("PUT", f"{path}/approval"), ("DELETE", f"{path}/approval")]
    assert [call(handler, method, where, VIEWER, b"{}").status for method, where in refused] == [403] * 5
    assert call(handler, "GET", POSTS).status == 401


def test_a_post_has_limits(monkeypatch):
    assert call(handler, "POST", POSTS, EDITOR, json.dumps({"text": "a" * limits.MAX_BODY}).encode()).status == 413
    monkeypatch.setattr(posts, "MAX_POSTS", 1)
    path = create().headers["location"]
    assert create().json["type"] == "urn:storycard:problem:posts-full"
    monkeypatch.setattr(record, "MAX_COMMENTS", 1)
    said = [call(handler, "POST", f"{path}/comments", VIEWER, b'{"text": "Hm"}') for _ in range(2)]
    assert [answer.status for answer in said] == [201, 422]


def test_posts_of_a_long_article_are_less_than_lambda_can_answer(system, monkeypatch):
    quotes = [{"text": f"{number} boats sail. " * 300, "speaker": "Ida Holm"} for number in range(90)]
    store_article(system, "ferry", quotes=quotes, bullets=[f"Boat {number} sails" for number in range(90)], updated_at=LATER)
    made = create(**CHANGES)
    assert len(made.body) < 20_000
    assert [len(made.json["based_on"][name]) for name in ("quotes", "bullets")] == [2, 90]
    call(handler, "POST", f"{made.headers['location']}/comments", VIEWER, b'{"text": "Good"}')
    assert [len(post["comments"]) for post in call(handler, "GET", POSTS, VIEWER).json["posts"]] == [1]
    monkeypatch.setattr(posts, "MAX_DIRECT", 1)
    assert [len(post["comments"]) for post in call(handler, "GET", POSTS, VIEWER).json["posts"]] == [0]


def test_posts_exist_before_a_story_is_public_but_not_after_it_is_withdrawn(system):
    assert call(handler, "GET", "/articles/none/posts", VIEWER).status == 404
    assert call(handler, "GET", f"{POSTS}/none", VIEWER).json["field"] == "post"
    assert call(handler, "GET", f"{POSTS}/2345672345", VIEWER).status == 404
    store_article(system, "ferry", status="draft", updated_at=LATER)
    path = create(**CHANGES, status="shared").headers["location"]
    assert call(handler, "GET", path, VIEWER).status == 200
    store_article(system, "ferry", datetime(2026, 3, 2, tzinfo=UTC), status="withdrawn", updated_at="2026-03-01T12:00:00Z")
    assert [call(handler, "GET", where, VIEWER).status for where in (POSTS, path)] == [410, 410]
    assert create().status == 410

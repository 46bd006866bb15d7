"""Checks that a withdrawal, from wherever it comes, leaves nothing of the article but a tombstone."""

import json
from datetime import UTC, datetime

import pytest

import http_api.app
import render_worker.app
from support.cms_webhooks import send_article
from support.lambda_events import Context, as_body, call, native
from support.photo_files import jpeg
from support.team_tokens import EDITOR, TOKENS
from support.web_server import page, web_server

pytestmark = pytest.mark.usefixtures("one_format")  # renders less

WITHDRAWALS = {
    "by DELETE": lambda: call(http_api.app.handler, "DELETE", "/articles/ferry", EDITOR),
    "by PUT": lambda: call(http_api.app.handler, "PUT", "/articles/ferry", EDITOR, as_body(killed())),
    "by a webhook": lambda: send_article(event_id="msg_9", **killed()),
}


def killed() -> dict[str, object]:
    return native("ferry", headline="Secretly killed", status="withdrawn", updated_at=datetime.now(UTC).isoformat())


@pytest.mark.parametrize("withdraw", WITHDRAWALS.values(), ids=WITHDRAWALS)
def test_a_withdrawal_leaves_nothing_but_a_tombstone(aws, withdraw):
    with web_server() as site:
        site.pages["/photo.jpg"] = page(jpeg())
        aws.connect(TOKENS)
        for hour, headline in ((10, "Harbour ferries"), (11, "Corrected ferries")):
            image, url = {"url": f"{site.base_url}/photo.jpg"}, "https://news.example/killed"
            send_article(
                event_id=f"msg_{hour}",
                headline=headline,
                image=image,
                canonical_url=url,
                updated_at=f"2026-03-01T{hour}:00:00Z",
            )
            aws.pump(render_worker.app.handler, Context())
        post = b'{"changes": {"kicker": "Erries"}, "status": "shared"}'
        assert call(http_api.app.handler, "POST", "/articles/ferry/posts", EDITOR, post).status == 201
        assert aws.list_keys("posts/ferry/")
        assert aws.list_keys("articles/ferry/variants/")
        assert withdraw().status in (200, 202, 204)
        aws.pump(render_worker.app.handler, Context())
    beside = {key.removeprefix("articles/ferry/") for key in aws.list_keys("articles/ferry/")}
    assert beside == {"article.json", "source.json", "announced.json", "index.json"}
    stored = b"".join(aws.body(key) for key in aws.list_keys("articles/"))
    assert [word for word in (b"erries", b"killed", b"photo") if word in stored] == []
    left = {"id", "headline", "language", "updated_at", "status", "revision"}
    assert json.loads(aws.body("articles/ferry/article.json")).keys() == left
    assert aws.body("articles/ferry/source.json") == aws.body("articles/ferry/article.json")
    words = {key.split("/")[2] for key in aws.list_keys("index/words/")}
    assert words == {"ferry"}  # the ID
    assert aws.list_keys("posts/") == []
    assert aws.list_keys("index/urls/") + aws.list_keys("cards/") + aws.list_keys("preview/") == []
    assert len(aws.list_keys("index/recent/")) == 1

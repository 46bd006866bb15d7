"""Runs the whole system with a CMS: look-up by ID, photo download, the end of an embargo, the done webhook."""

import base64
import http.server
import io
import json
import threading
from datetime import UTC, datetime, timedelta

import pytest
from PIL import Image

from local_stack.client import call, new_webhook_secret
from local_stack.command import demo_source, listen
from local_stack.stack import local_stack
from support.waiting import until
from support.web_server import page, web_server


@pytest.fixture
def cms():
    """Serves any article, under a short embargo and with a photo, and keeps the done events it receives."""
    events: list[dict] = []
    requested: list[str] = []
    photo = io.BytesIO()
    Image.new("RGB", (320, 200), "teal").save(photo, "JPEG")

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            requested.append(self.path)
            if self.path == "/photo.jpg":
                return self.answer(photo.getvalue())
            article = {"id": self.path.removeprefix("/articles/"), "headline": "Night ferries from Friday", "language": "en"}
            until = datetime.now(UTC) + timedelta(seconds=1.5)
            image = {"url": f"http://127.0.0.1:{server.server_port}/photo.jpg"}
            return self.answer(json.dumps(article | {"embargo_until": until.isoformat(), "image": image}).encode())

        def do_POST(self) -> None:
            events.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
            self.answer(b"")

        def answer(self, body: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", requested, events
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.slow
def test_embargoed_article_requested_by_id_is_published_and_announced(cms):
    url, requested, events = cms
    secret = "whsec_" + base64.b64encode(b"of the receiver").decode()
    tables = f'[cms]\nurl = "{url}/articles/{{id}}"\nformat = "native"\n[outgoing]\nurl = "{url}/done"\nsecrets = ["{secret}"]\n'
    with listen(0) as listener, local_stack(listener, demo_source(new_webhook_secret()) + tables) as stack:
        assert call(stack.base_url, "GET", "/cards/ferry/headline/og.png").status == 404
        until(lambda: bool(events), "an event for the CMS")
        assert (events[0]["type"], events[0]["data"]["manifest"]["notices"]) == ("cards.published", [])
        version = events[0]["data"]["version"]
        assert call(stack.base_url, "GET", f"/cards/ferry/{version}/headline/og.png").status == 200
    assert sorted(requested) == ["/articles/ferry", "/photo.jpg"]


@pytest.mark.slow
def test_a_feed_is_polled_as_soon_as_the_system_runs():
    story = '<script type="application/ld+json">{"@type": "NewsArticle", "identifier": "orrin", "headline": "Ferries"}</script>'
    with web_server() as site:
        site.pages["/rss"] = page(b"<rss><item><link>/orrin</link></item></rss>")
        site.pages["/orrin"] = page(f"<html lang=en>{story}".encode())
        feeds = f'[feeds.wire]\nurl = "{site.base_url}/rss"\n'
        with listen(0) as listener, local_stack(listener, demo_source(new_webhook_secret()) + feeds) as stack:
            until(lambda: call(stack.base_url, "GET", "/cards/orrin").status == 200, "cards of the page of the feed")

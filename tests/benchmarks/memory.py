"""Measures the peak memory of each function over all collected inputs, and checks that each stays below 512 MB.

`make memory` runs it against the local system, where a function is one process that lives as long as the run. It sends the events
of every CMS's example, all collected articles, the longest ones that are accepted, photographs, decompression bombs and a feed,
and requests every kind of answer for some articles.
"""

import argparse
import io
import json
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PIL import Image

from adapters.web.request_body import MAX_EVENT
from local_stack import stack
from local_stack.aws import client
from local_stack.client import call, new_token, new_webhook_secret, signed
from local_stack.command import demo_slack, demo_source, demo_token, listen
from storycard.errors import StorycardError
from storycard.ingest import detect_format
from storycard.ingest.formats.native import to_native
from support.cms_examples import EXAMPLES, Example
from support.cms_signers import SIGNERS
from support.paths import ROOT, SAMPLES
from support.photographs import large_photo
from support.picture_bombs import BOMBS
from support.processes import children_of_this, peak, resident
from support.reading import read_source
from support.slack import SECRET as SLACK_SECRET
from support.slack import command, slack_signed
from support.web_server import Site, page, web_server

LIMIT = 512  # MB
WORKER = "render_worker"
FUNCTIONS = ("http_api", "cms_webhook", "photo_worker", WORKER, "done_webhook", "feed_poller")
CALM = 5.0  # seconds for which all queues are empty before the run is over
GIVE_UP = 1800.0  # seconds
PATHS = (
    "",
    ".zip",
    "/headline/og.png",
    "/quote/story.avif",
    "/bullet/tall.webp",
    "/carousel-1/square.jpg",
    "/question-1/pin.png",
)
Event = tuple[str, bytes, dict[str, str]]  # path, body and headers


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", type=int, default=None, metavar="N", help="send only N articles and N photographs")
    only = parser.parse_args().only
    secret, token = new_webhook_secret(), new_token()
    with web_server() as site, listen(0) as listener:
        examples = [example for example in EXAMPLES if not example.is_feed]
        toml = demo_source(secret) + demo_token(token) + demo_slack(SLACK_SECRET)
        toml += "".join(example.sources for example in examples)
        toml += f'[outgoing]\nurl = "{site.base_url}/done"\nsecrets = ["{new_webhook_secret()}"]\n'
        toml += f'[feeds.site]\nurl = "{site.base_url}/feed.xml"\nlanguage = "en"\n'
        site.pages["/done"] = page(b"")
        publish_feed(site)
        articles = [*collected(only), *longest(), *with_photographs(site, only)]
        with stack.local_stack(listener, toml, api_processes=1) as system:
            processes = first_processes()
            ids = [publish(system.base_url, secret, article) for article in articles]
            for path, body, headers in (event for example in examples for event in events(example)):
                call(system.base_url, "POST", path, body, headers)
            series = await_calm(system)
            request_everything(system.base_url, token, ids[:: max(1, len(ids) // 40)] + ids[-3:])
            await_calm(system)
            if first_processes() != processes:
                sys.exit("memory: a function timed out and got a new process, so that its peak is lost: the machine is too busy")
            peaks = {name: peak(f"{name}.app.handler") for name in FUNCTIONS}
    print(f"{len(articles)} articles, {sum(name.startswith('/photo') for name in site.pages)} pictures")
    for name, megabytes in peaks.items():
        print(f"  {name:15}{megabytes:5} MB")
    print(f"  {WORKER} over the run, MB: {', '.join(str(series[len(series) * part // 8 - 1]) for part in range(1, 9))}")
    sys.exit(max(peaks.values()) >= LIMIT)


def collected(only: int | None) -> Iterator[dict[str, Any]]:
    """Yields the articles of samples/ and tests/words, each under an ID of its own."""
    files = [path for folder in (SAMPLES, ROOT / "tests/words/articles") for path in sorted(folder.rglob("*")) if path.is_file()]
    for number, path in enumerate(files[:only]):
        data = path.read_bytes()
        for line in data.splitlines() if path.suffix == ".jsonl" else (data,):
            try:
                article = to_native(read_source(line, detect_format(line), article_id=f"collected-{number}", language="en"))
            except StorycardError:
                continue  # not an article, such as the photograph of a sample
            yield article | {"id": f"collected-{number}", "image": None}


def longest() -> Iterator[dict[str, Any]]:
    """Yields the largest articles that are accepted."""
    words = "Harbour ferries run all night, said the mayor of Ødegård-upon-Sea. " * 200
    quote = {"text": words[:10_000], "speaker": "Ida Holm", "role": "mayor"}
    yield {"id": "longest-quotes", "headline": words[:1_000], "language": "en", "quotes": [quote] * 90}
    others = {"ja": "港の渡し船は終夜運航する。", "th": "เรือข้ามฟากวิ่งตลอดคืน ", "ar": "تعمل العبارات طوال الليل. ", "en": words}
    for language, text in others.items():
        line = (text * 100)[:1_000]
        yield {"id": f"longest-{language}", "headline": line, "language": language, "kicker": line, "bullets": [line] * 90}
    yield {"id": "longest-word", "headline": "W" * 1_000, "language": "en", "bullets": ["W" * 1_000] * 90}
    filler = MAX_EVENT - 400
    yield {"id": "largest-body", "headline": "Ferries", "language": "en", "summary": "", "ignored": "x" * filler}


def with_photographs(site: Site, only: int | None) -> Iterator[dict[str, Any]]:
    """Yields an article for each collected photograph and decompression bomb, and serves these."""
    files = [path for path in sorted((ROOT / "tests/photographs").rglob("*")) if path.suffix in (".jpg", ".png", ".webp")]
    bombs = [make() for make in list(BOMBS.values())[:only]]
    pictures = [*(path.read_bytes() for path in files[:only]), large_photo(), panorama(), *bombs]
    for number, data in enumerate(pictures):
        site.pages[f"/photo-{number}"] = page(data)
        image = {"url": f"{site.base_url}/photo-{number}", "credit": "Ida Holm"}
        yield {"id": f"pictured-{number}", "headline": "Harbour ferries run all night", "language": "en", "image": image}


def panorama() -> bytes:
    """Returns a JPEG of 148 megapixels."""
    tile, out = Image.effect_noise((1000, 750), 50).convert("RGB"), io.BytesIO()
    picture = Image.new("RGB", (13_900, 10_650))
    for left in range(0, picture.width, tile.width):
        for top in range(0, picture.height, tile.height):
            picture.paste(tile, (left, top))
    picture.save(out, "JPEG", quality=20)
    return out.getvalue()


def publish_feed(site: Site) -> None:
    """Serves a feed of 20 pages, the last of two megabytes."""
    items = "".join(f"<item><title>{number}</title><link>{site.base_url}/news/{number}</link></item>" for number in range(20))
    site.pages["/feed.xml"] = page(f"<rss><channel>{items}</channel></rss>".encode())
    for number in range(20):
        fields = {"@type": "NewsArticle", "identifier": f"news-{number}", "headline": "Ferries run", "dateModified": "2026-03-01"}
        text = "<p>Boats sail every hour.</p>" * (70_000 if number == 19 else 300)
        html = f'<html lang=en><script type="application/ld+json">{json.dumps(fields)}</script><article>{text}</article></html>'
        site.pages[f"/news/{number}"] = page(html.encode(), Content_Type="text/html; charset=utf-8")


def publish(base_url: str, secret: str, article: dict[str, Any]) -> str:
    body = json.dumps(article).encode()
    call(base_url, "POST", "/webhooks/demo", body, signed(body, secret))
    return str(article["id"])


def events(example: Example) -> Iterator[Event]:
    """Yields the bodies of an example, signed as its CMS signs them."""
    source, table = example.source
    signer, path = SIGNERS[table["scheme"]], f"/webhooks/{source}"
    for name in ("published", "withdrawn", "embargoed", "closed"):
        if example.has(name):
            extra = dict(example.json("headers").get(name, {})) if example.has("headers") else {}
            options = {"topic": extra.pop("x-contentful-topic")} if "x-contentful-topic" in extra else {}
            options |= {"event_id": f"msg_{name}"} if table["scheme"] == "standard-webhooks" else {}
            proof = dict(signer.sign(example.body(name), signer.secret, datetime.now(UTC), path, **options))
            if own := table.get("header"):
                proof = {own.lower(): value for value in proof.values()}
            yield path, example.body(name), proof | extra


def request_everything(base_url: str, token: str, ids: list[str]) -> None:
    """Asks for every kind of answer about some articles, as readers, crawlers and the team do."""
    team = {"authorization": f"Bearer {token}", "content-type": "application/json"}
    order = json.dumps({"headline": "Boats all night", "types": ["avif"]}).encode()
    for article_id in ids:
        for path in PATHS:
            call(base_url, "GET", f"/cards/{article_id}{path}", headers=team)
        for path in (f"/share/{article_id}", f"/oembed?url=%2Fshare%2F{article_id}", f"/articles/{article_id}/photo"):
            call(base_url, "GET", path, headers=team)
        call(base_url, "POST", f"/cards/{article_id}", order, team)
        call(base_url, "POST", f"/cards/{article_id}/preview", b'{"kind": "headline", "format": "story"}', team)
    for path in ("/articles", "/articles?query=ferries", "/openapi.json", "/catalogue", "/studio", "/docs"):
        call(base_url, "GET", path, headers=team)
    asked = command("ferries")
    call(base_url, "POST", "/chat/slack", asked, slack_signed(asked))


def first_processes() -> dict[str, list[Path]]:
    """Returns the processes of each function; each has one."""
    return {name: children_of_this(f"{name}.app.handler") for name in FUNCTIONS}


def await_calm(system: stack.Stack) -> list[int]:
    """Waits until all queues have been empty for some seconds. Returns the resident memory of the worker in MB meanwhile."""
    sqs, resources = client("sqs", system.resources.endpoint), system.resources
    names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]

    def waiting(url: str) -> int:
        return sum(map(int, sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"].values()))

    since, give_up, series = time.monotonic(), time.monotonic() + GIVE_UP, []
    while time.monotonic() - since < CALM and time.monotonic() < give_up:
        series += resident(f"{WORKER}.app.handler")
        with ThreadPoolExecutor(3) as pool:
            if any(pool.map(waiting, (resources.queue_url, resources.photo_queue_url, resources.done_queue_url))):
                since = time.monotonic()
        time.sleep(0.5)
    return series


if __name__ == "__main__":
    main()

"""Runs the newsroom with its worker and all of its pages. Each card carries every word of its article, unlike a real one."""

import json
import pkgutil
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib import import_module
from unittest.mock import Mock

import pytest

import adapters
import http_api.app
import publishing.cards.previews
import publishing.cards.publish
from adapters import clients
from adapters.config.settings import Settings, settings
from publishing import reconcile
from publishing.cards.render_job import RenderJob
from storycard.card_set import Card, CardSet
from storycard.ingest.formats.native import to_native
from support.lambda_events import call
from support.newsroom import Newsroom, newsroom
from support.newsroom_events import ARTICLE
from support.team_tokens import VIEWER

CLIENTS = (clients.s3, clients.sqs, clients.events, clients.scheduler)
MODULES = [
    import_module(found.name)
    for package in (adapters, http_api, publishing)
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
]
WORD = re.compile(r"(?:Text|Edited|Closed) \d+")
PAGES = ("/cards/7", "/share/7", "/share/7/quote", "/cards/7/headline/og.png", "/cards/7/quote/square.jpg")
PUBLIC = (*PAGES, "/oembed?url=http%3A%2F%2Flocalhost%2Fshare%2F7")
PRIVATE = ("/articles?limit=9", "/articles?query=text", "/articles/7", "/articles/7/status", "/articles/7/photo")


def words_in(*texts: bytes) -> set[str]:
    return {word for text in texts for word in WORD.findall(text.decode("utf-8", "replace"))}


class Outputs:
    """What the newsroom's readers and its team can read."""

    def __init__(self, desk: Newsroom, events: Mock) -> None:
        self.desk = desk
        self._events = events

    def render(self) -> None:
        """Does what the worker does for a message about the article."""
        if f"articles/{ARTICLE}/article.json" in self.desk.s3.objects:
            reconcile.reconcile(settings(), ARTICLE)

    def public(self) -> set[str]:
        """The words of every answer to a reader; a first request may render cards."""
        return words_in(*(call(http_api.app.handler, "GET", path).body for path in PUBLIC))

    def team(self) -> set[str]:
        return words_in(*(call(http_api.app.handler, "GET", path, VIEWER).body for path in PRIVATE))

    def stored(self, folder: str) -> set[str]:
        """The words of all objects in a folder; the CDN serves those of `cards/` without asking."""
        return words_in(*(item["Body"] for key, item in self.desk.s3.objects.items() if key.startswith(folder)))

    def announced(self) -> set[str]:
        return words_in(*(json.dumps(sent.kwargs).encode() for sent in self._events.put_events.call_args_list))


@contextmanager
def newsroom_with_outputs() -> Iterator[Outputs]:
    with newsroom() as desk, pytest.MonkeyPatch.context() as patch:
        mock = Mock()
        mock.put_events.return_value = {"FailedEntryCount": 0}
        patch.setattr(clients, "_client", lambda name, *_: desk.s3 if name == "s3" else mock)
        for module in MODULES:
            if getattr(module, "datetime", None) is datetime:
                patch.setattr(module, "datetime", desk.clock)
        for module in (publishing.cards.publish, publishing.cards.previews):
            patch.setattr(module, "draw_set", draw_set)
        patch.setattr(publishing.cards.publish, "draw_card", draw_card)
        for client in CLIENTS:
            client.cache_clear()
        yield Outputs(desk, mock)
    for client in CLIENTS:
        client.cache_clear()


def draw_card(_: Settings, job: RenderJob, kind: str, format_name: str, image_type: str) -> Card:
    words = json.dumps(to_native(job.article))
    kind_of_file = "png" if image_type == "auto" else image_type
    return Card(kind, format_name, 1200, 630, kind_of_file, words.encode(), words, (), 0)


def draw_set(config: Settings, job: RenderJob, **_: object) -> CardSet:
    cards = tuple(draw_card(config, job, kind, "og", "png") for kind in ("headline", "quote"))
    return CardSet(job.article.id, job.version, "en", "ltr", "t", "1", cards, (), {}, ())

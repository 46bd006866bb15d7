"""oEmbed 1.0 (oembed.com): the address of a share page or card into a photo no larger than the consumer has room for."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import unquote

from aws_lambda_powertools.event_handler import Response

from adapters.config.settings import settings
from adapters.errors import AddressForeign, FormatUnserved, QueryInvalid
from adapters.web.responses import json_answer
from http_api.cards import REVALIDATED, RequestContext, whole_set
from http_api.paths import check_id, check_kind
from http_api.requests import base_url
from publishing.article_lookup import public_article
from publishing.render_job import assets_in
from storycard.design.formats import KINDS
from storycard.errors import CardSkipped, shown

_SHARE = re.compile(r"/share/(?P<id>[^/]+)(?:/(?P<kind>[^/]+))?/?")
_CARD = re.compile(r"/cards/(?P<id>[^/]+)/(?:[0-9a-f]{16}/)?(?P<kind>[^/]+)/(?P<format>[^/.]+)(?:\.[a-z]+)?")
DEFAULT_FORMAT = "og"
CACHE_AGE = 3600  # seconds


@dataclass(frozen=True, slots=True)
class Room:
    """The most px that a consumer shows a photo in; None for no limit."""

    width: int | None
    height: int | None

    def share_of(self, card: dict) -> float:
        """By how much a card has to shrink to fit, 1 for not at all."""
        limits = ((self.width, card["width"]), (self.height, card["height"]))
        return min([1.0, *(limit / size for limit, size in limits if limit)])


def oembed(context: RequestContext) -> Response:
    """A photo response for one of our own addresses; what the public may not see is as unknown as what never was."""
    query = context.request.query_string_parameters or {}
    room = Room(_pixels(query, "maxwidth"), _pixels(query, "maxheight"))
    if query.get("format", "json") != "json":
        raise FormatUnserved(query["format"])
    base = base_url(context.request)
    named = _card_named(query.get("url") or "", base)
    stored = public_article(settings(), named["id"], datetime.now(UTC))
    manifest = whole_set(context, stored)
    card = _best([card for card in manifest["cards"] if card["kind"] == named["kind"]], named["format"], room)
    if card is None:
        raise CardSkipped(named["kind"], named["format"], "the article has no card of this kind")
    site = assets_in(settings()).brand(stored.article.brand).title
    share = room.share_of(card)
    photo = {
        "version": "1.0",
        "type": "photo",
        "title": stored.article.headline,
        "author_name": ", ".join(stored.article.byline),
        "provider_name": site,
        "provider_url": base,
        "cache_age": CACHE_AGE,
        "url": card["url"],
        "width": max(1, int(card["width"] * share)),
        "height": max(1, int(card["height"] * share)),
        "alt": card["alt"],  # not of the specification, which allows more
    }
    answer = {name: value for name, value in photo.items() if value}
    return json_answer(200, answer, context.request, REVALIDATED)


def _card_named(url: str, base: str) -> dict[str, str]:
    """The ID, kind and format that an address of ours names. Raises AddressForeign, PathInvalid, UnknownName."""
    if not url:
        raise QueryInvalid("url", "the address of a share page or a card", "nothing")
    if not url.startswith(f"{base}/"):
        raise AddressForeign
    path = unquote(re.split("[?#]", url.removeprefix(base))[0])
    match = _SHARE.fullmatch(path) or _CARD.fullmatch(path)
    if match is None:
        raise AddressForeign
    named = {"kind": KINDS[0], "format": DEFAULT_FORMAT} | {key: part for key, part in match.groupdict().items() if part}
    check_id(named["id"])
    check_kind(named["kind"], KINDS)
    return named


def _best(cards: list[dict], format_name: str, room: Room) -> dict | None:
    """The card in the format named if it fits the room or there is no limit, else the largest that does.

    Where none does, the one named is shown smaller: consumers ask for the width of their column, and a card is sharper then.
    """
    own = next((card for card in cards if card["format"] == format_name), None)
    if own and room.share_of(own) == 1:
        return own
    fitting = [card for card in cards if room.share_of(card) == 1]
    return max(fitting, key=lambda card: card["width"] * card["height"], default=own or next(iter(cards), None))


def _pixels(query: dict[str, str], name: str) -> int | None:
    text = query.get(name)
    if text is None:
        return None
    if not re.fullmatch(r"[1-9][0-9]{0,5}", text):
        raise QueryInvalid(name, "a whole number of px above 0", shown(text))
    return int(text)

"""Serves oEmbed 1.0 (oembed.com): finds the card for a share page or card address, within the size that a consumer requests."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple
from urllib.parse import unquote

from adapters.errors import AddressForeign, FormatUnserved, QueryInvalid
from adapters.storage.card_store import REVALIDATED
from adapters.web.responses import HttpResponse, json_response
from http_api.cards.manifest import empty_head, ensure_set, head_before_set
from http_api.paths import check_id, check_kind
from http_api.posts.link_card import find_link_card
from http_api.posts.post_page import edited_article, link_card, shared_post
from http_api.request_context import RequestContext
from publishing.cards.render_job import assets_in
from publishing.intake.article_lookup import public_article
from storycard.article import Article
from storycard.design.kinds import KINDS
from storycard.errors import CardSkipped, shown

_SHARE = re.compile(r"/share/(?P<id>[^/]+)(?:/(?P<kind>[^/]+))?/?")
_POST = re.compile(r"/share/(?P<id>[^/]+)/p/(?P<post>[^/]+)/?")
_CARD = re.compile(r"/cards/(?P<id>[^/]+)/(?:[0-9a-f]{16}/)?(?P<kind>[^/]+)/(?P<format>[^/.]+)(?:\.[a-z]+)?")
DEFAULT_FORMAT = "og"
CACHE_AGE = 3600  # seconds


CardEntry = dict[str, Any]  # a card in a manifest


class NamedCard(NamedTuple):
    """The card that an address on this site names."""

    article_id: str
    kind: str
    format: str


@dataclass(frozen=True, slots=True)
class SizeLimit:
    """The greatest width and height in px that a consumer shows a photo in; None for no limit."""

    width: int | None
    height: int | None

    def scale(self, card: CardEntry) -> float:
        """Returns the factor by which a card has to shrink to fit; 1 if it fits already."""
        limits = ((self.width, card["width"]), (self.height, card["height"]))
        return min([1.0, *(limit / int(size) for limit, size in limits if limit)])


def get_oembed(context: RequestContext) -> HttpResponse:
    """Answers with a photo response for an address on this site.

    Raises FormatUnserved, QueryInvalid, AddressForeign, CardSkipped; ArticleUnknown for anything that is not public.
    """
    query = context.request.query_string_parameters or {}
    limit = SizeLimit(_pixels(query, "maxwidth"), _pixels(query, "maxheight"))
    if (query.get("format") or "json") != "json":
        raise FormatUnserved(query["format"])
    url = query.get("url") or ""
    if post := parse_post_address(url, context.base_url):
        return _post_photo(context, *post, limit)
    named = parse_address(url, context.base_url)
    stored = public_article(context.settings, named.article_id, datetime.now(UTC))
    if early := head_before_set(context, stored, "application/json"):
        return early
    manifest = ensure_set(context, stored)
    card = _best_card([card for card in manifest["cards"] if card["kind"] == named.kind], named.format, limit)
    if card is None:
        raise CardSkipped(named.kind, named.format, "the article has no card of this kind")
    # WordPress shows the title as the picture's alternative text (`data2html`), and Mastodon under the picture, so it is the text
    # of this card: a quote's title is the quote.
    title = stored.article.headline_on(card["format"]) if named.kind == KINDS[0] else card["alt"]
    return _photo_response(context, stored.article, card, title, limit)


def _post_photo(context: RequestContext, article_id: str, post: str, limit: SizeLimit) -> HttpResponse:
    """Answers with the card of a shared post, smaller if it does not fit."""
    stored, record = shared_post(context, article_id, post)
    if context.request.http_method == "HEAD" and find_link_card(context, stored, record) is None:
        return empty_head("application/json")
    article = edited_article(context, stored, record)
    return _photo_response(context, article, link_card(context, stored, record), article.headline, limit)


def _photo_response(context: RequestContext, article: Article, card: CardEntry, title: str, limit: SizeLimit) -> HttpResponse:
    scale = limit.scale(card)
    photo = {
        "version": "1.0",
        "type": "photo",
        "title": title,
        "author_name": ", ".join(article.byline),
        "provider_name": assets_in(context.settings).brand(article.brand).title,
        "provider_url": context.base_url,
        "cache_age": CACHE_AGE,
        "url": card["url"],
        "width": max(1, int(card["width"] * scale)),
        "height": max(1, int(card["height"] * scale)),
        "alt": card["alt"],  # an extension, which the specification allows
    }
    value = {name: value for name, value in photo.items() if value}
    return json_response(200, value, context.request, REVALIDATED)


def parse_post_address(url: str, base_url: str) -> tuple[str, str] | None:
    """Returns the IDs of the article and the post whose share page has this address; None for any other address."""
    path = unquote(re.split("[?#]", url.removeprefix(base_url))[0]) if url.startswith(f"{base_url}/") else ""
    match = _POST.fullmatch(path)
    return (match["id"], match["post"]) if match else None


def parse_address(url: str, base_url: str) -> NamedCard:
    """Returns the card that a share page's or card's address names. Raises AddressForeign, PathInvalid, UnknownName."""
    if not url:
        raise QueryInvalid("url", "the address of a share page or a card", "nothing")
    if not url.startswith(f"{base_url}/"):
        raise AddressForeign
    path = unquote(re.split("[?#]", url.removeprefix(base_url))[0])
    match = _SHARE.fullmatch(path) or _CARD.fullmatch(path)
    if match is None:
        raise AddressForeign
    parts = match.groupdict()
    named = NamedCard(parts["id"], parts["kind"] or KINDS[0], parts.get("format") or DEFAULT_FORMAT)
    check_id(named.article_id)
    check_kind(named.kind, KINDS)
    return named


def _best_card(cards: list[CardEntry], format_name: str, limit: SizeLimit) -> CardEntry | None:
    """Returns the card in the named format if it fits the limit, else the largest that fits.

    If none fits, the named one is shown smaller: a column is often narrower than any card, and a scaled card stays sharp.
    """
    named = next((card for card in cards if card["format"] == format_name), None)
    if named and limit.scale(named) == 1:
        return named
    fitting = [card for card in cards if limit.scale(card) == 1]
    return max(fitting, key=lambda card: int(card["width"] * card["height"]), default=named or next(iter(cards), None))


def _pixels(query: Mapping[str, str], name: str) -> int | None:
    text = query.get(name)
    if text is None:
        return None
    if not re.fullmatch(r"[1-9][0-9]{0,5}", text):
        raise QueryInvalid(name, "a whole number of px above 0", shown(text))
    return int(text)

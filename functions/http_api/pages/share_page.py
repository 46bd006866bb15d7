"""Serves `/share/{id}[/{kind}]`: a page that shows crawlers a card and links people to the article.

The page does not redirect. A timed refresh interrupts reading (WCAG 2.2, 2.2.1 and 3.2.5), and some crawlers follow it and
preview the article instead of the card. The card and the headline are both links, so one tap is enough.
"""

import hashlib
import json
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from html import escape
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import urlencode

from adapters.web.responses import HttpResponse, text_response
from http_api.cards.card_images import NEWEST
from http_api.cards.manifest import ensure_set, head_before_set
from http_api.paths import check_id, check_kind
from http_api.request_context import RequestContext
from publishing.cards.render_job import assets_in
from publishing.intake.article_lookup import public_article
from storycard.article import Article
from storycard.design.formats import MEDIA_TYPES
from storycard.design.kinds import KINDS
from storycard.errors import CardSkipped
from storycard.language.tags import is_rtl

FORMAT = "og"


@dataclass(frozen=True, slots=True)
class SharePage:
    """The content of a share page: the article, its card's entry in the manifest, and the addresses of both."""

    article: Article
    card: dict[str, Any]
    direction: str
    site: str
    locale: str
    url: str
    oembed_url: str

    @property
    def target_url(self) -> str:
        """The address that the page links to: the article's own, or this page's if the article has none."""
        return self.article.canonical_url or self.url


def get_share_page(context: RequestContext, article_id: str, kind: str = KINDS[0]) -> HttpResponse:
    """Answers with the page of one kind of card from the newest set: the headline card by default."""
    check_id(article_id)
    check_kind(kind, KINDS)
    stored = public_article(context.settings, article_id, datetime.now(UTC))
    if early := head_before_set(context, stored, "text/html; charset=utf-8"):
        return early
    manifest = ensure_set(context, stored)
    card = next((card for card in manifest["cards"] if (card["kind"], card["format"]) == (kind, FORMAT)), None)
    if card is None:
        skip = next(skip for skip in manifest["skipped"] if skip["kind"] == kind)
        raise CardSkipped(kind, FORMAT, skip["reason"], skip.get("code", "missing"))
    url = f"{context.base_url}/share/{article_id}" + ("" if kind == KINDS[0] else f"/{kind}")
    return share_response(context, stored.article, card, url)


def share_response(context: RequestContext, article: Article, card: dict[str, Any], url: str) -> HttpResponse:
    """Answers with the share page at `url` of an article and one of its cards."""
    oembed_url = f"{context.base_url}/oembed?" + urlencode({"url": url, "format": "json"})
    assets = assets_in(context.settings)
    site, locale = assets.brand(article.brand).title, assets.languages.of(article.language).locale
    direction = "rtl" if is_rtl(article.language) else "ltr"
    html = build_page(SharePage(article, card, direction, site, locale, url, oembed_url))
    headers = {"Content-Security-Policy": security_policy(card["url"]), "Content-Language": article.language}
    return text_response(context.request, "text/html; charset=utf-8", html, NEWEST, headers)


def build_page(share: SharePage) -> str:
    """Builds the page's HTML, with all text of the article escaped."""
    article, card = share.article, share.card
    link = f'<a href="{escape(share.target_url)}">'
    image = f'<img src="{escape(card["url"])}" width="{card["width"]}" height="{card["height"]}" alt="{escape(card["alt"])}">'
    return _template().substitute(
        language=escape(article.language),
        direction=escape(share.direction),
        headline=escape(article.headline),
        head="\n".join([*_meta_tags(share), *_link_tags(share)]),
        style=page_style(),
        json_ld=_json_ld(share),
        card=f"{link}{image}</a>",
        title=f"{link}{escape(article.headline)}</a>",
        deck=f"<p>{escape(article.deck)}</p>" if article.deck else "",
        site=escape(share.site),
    )


def security_policy(image_url: str = "") -> str:
    """Returns a Content-Security-Policy that allows the pages' one style sheet and images from the card's host, but no script.

    Browsers do not run JSON-LD, so it needs no permission.
    """
    style = b64encode(hashlib.sha256(page_style().encode()).digest()).decode()
    images = f"img-src 'self' {'/'.join(image_url.split('/')[:3])}; " if image_url else ""
    return f"default-src 'none'; {images}style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def _meta_tags(share: SharePage) -> Iterator[str]:
    article, card = share.article, share.card
    description = article.deck or article.summary or card["alt"]
    media_type = MEDIA_TYPES[card["type"]]
    properties = [
        ("og:type", "article"),
        # Not the article's address: Facebook would fetch that page and show its image instead of the card.
        ("og:url", share.url),
        ("og:site_name", share.site),
        ("og:title", article.headline_on("og")),
        ("og:description", description),
        ("og:locale", share.locale),
        ("og:image", card["url"]),
        ("og:image:secure_url", card["url"] if card["url"].startswith("https:") else ""),
        ("og:image:type", media_type),
        ("og:image:width", str(card["width"])),
        ("og:image:height", str(card["height"])),
        ("og:image:alt", card["alt"]),
        ("article:published_time", _iso_date(article.published_at)),
        ("article:modified_time", _iso_date(_modified_at(article))),
        ("article:section", article.section or article.kicker),
        *(("article:author", author) for author in article.byline),
    ]
    names = [
        ("description", description),
        ("twitter:card", "summary_large_image"),
        ("twitter:title", article.headline_on("x")),
        ("twitter:description", description),
        ("twitter:image", card["url"]),
        ("twitter:image:alt", card["alt"]),
    ]
    for key, pairs in (("property", properties), ("name", names)):
        yield from (f'<meta {key}="{name}" content="{escape(content)}">' for name, content in pairs if content)


def _link_tags(share: SharePage) -> Iterator[str]:
    yield f'<link rel="canonical" href="{escape(share.target_url)}">'
    title = escape(share.article.headline)
    yield f'<link rel="alternate" type="application/json+oembed" href="{escape(share.oembed_url)}" title="{title}">'


def _json_ld(share: SharePage) -> str:
    article, card = share.article, share.card
    image = {"@type": "ImageObject", "url": card["url"], "width": card["width"], "height": card["height"], "caption": card["alt"]}
    fields = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.headline,
        "description": article.deck or article.summary,
        "inLanguage": article.language,
        "image": image,
        "datePublished": _iso_date(article.published_at),
        "dateModified": _iso_date(_modified_at(article)),
        "articleSection": article.section or article.kicker,
        "author": [{"@type": "Person", "name": author} for author in article.byline],
        "publisher": {"@type": "Organization", "name": share.site},
        "mainEntityOfPage": share.target_url,
    }
    text = json.dumps({name: value for name, value in fields.items() if value}, ensure_ascii=False)
    # Only these could end the <script> or open a comment in it (HTML, "restrictions for contents of script elements").
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _modified_at(article: Article) -> datetime | None:
    """Returns the later of the two dates: a last change before publication must not make the article seem older than that."""
    return max(filter(None, (article.updated_at, article.published_at)), default=None)


def _iso_date(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


@cache
def _template() -> Template:
    return Template(Path(__file__).with_name("share_page.html").read_text("utf-8"))


@cache
def page_style() -> str:
    """Returns the CSS of share pages and of the error pages in their place."""
    return Path(__file__).with_name("share_page.css").read_text("utf-8")

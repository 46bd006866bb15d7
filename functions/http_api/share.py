"""`/share/{id}[/{kind}]`: a page that crawlers of every network read a card from, and people go on to the article from.

Nobody is sent on by force: a refresh on a timer takes a page from under a reader (WCAG 2.2, 2.2.1 and 3.2.5), and some crawlers
follow it and preview the article instead of the card. The whole card is a link, and so is the headline: one click or tap.
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
from urllib.parse import urlencode

from aws_lambda_powertools.event_handler import Response

from adapters.config.settings import settings
from adapters.web.responses import document_answer
from http_api.cards import NEWEST, RequestContext, whole_set
from http_api.paths import check_id, check_kind
from http_api.requests import base_url
from publishing.article_lookup import public_article
from publishing.render_job import assets_in
from storycard.article import Article
from storycard.design.formats import KINDS, MEDIA_TYPES
from storycard.errors import CardSkipped

FORMAT = "og"
LOCALES = {"ar": "ar_AR", "de": "de_DE", "en": "en_US", "es": "es_ES", "fr": "fr_FR", "ja": "ja_JP", "pt": "pt_BR", "uk": "uk_UA"}
LOCALES |= {"hi": "hi_IN", "it": "it_IT", "ko": "ko_KR", "nl": "nl_NL", "pl": "pl_PL", "ru": "ru_RU", "tr": "tr_TR"}


@dataclass(frozen=True, slots=True)
class SharePage:
    """All that a page says: the article, the manifest's entry for its card, and where both are found."""

    article: Article
    card: dict
    direction: str
    site: str
    url: str
    oembed_url: str
    published_at: datetime | None

    @property
    def onward(self) -> str:
        """Where people go on to; without an address of its own, the article is nowhere but here."""
        return self.article.canonical_url or self.url


def newest(context: RequestContext, article_id: str) -> Response:
    """The page of the article's headline card."""
    return share(context, article_id, KINDS[0])


def share(context: RequestContext, article_id: str, kind: str) -> Response:
    """The page of one card of the newest set."""
    check_id(article_id)
    check_kind(kind, KINDS)
    stored = public_article(settings(), article_id, datetime.now(UTC))
    manifest = whole_set(context, stored)
    card = next((card for card in manifest["cards"] if (card["kind"], card["format"]) == (kind, FORMAT)), None)
    if card is None:
        raise CardSkipped(kind, FORMAT, next(skip["reason"] for skip in manifest["skipped"] if skip["kind"] == kind))
    base = base_url(context.request)
    url = f"{base}/share/{article_id}" + ("" if kind == KINDS[0] else f"/{kind}")
    oembed_url = f"{base}/oembed?" + urlencode({"url": url, "format": "json"})
    article = stored.article
    site = assets_in(settings()).brand(article.brand).title
    html = page(SharePage(article, card, manifest["direction"], site, url, oembed_url, article.published_at))
    headers = {"Content-Security-Policy": security_policy(card["url"]), "Content-Language": article.language}
    return document_answer(context.request, "text/html; charset=utf-8", html, NEWEST, headers)


def page(share: SharePage) -> str:
    """The HTML: every word of the article is escaped, whatever it holds."""
    article, card = share.article, share.card
    link = f'<a href="{escape(share.onward)}">'
    image = f'<img src="{escape(card["url"])}" width="{card["width"]}" height="{card["height"]}" alt="{escape(card["alt"])}">'
    return _template().substitute(
        language=escape(article.language),
        direction=escape(share.direction),
        headline=escape(article.headline),
        head="\n".join([*_metas(share), *_links(share)]),
        style=page_style(),
        json_ld=_json_ld(share),
        card=f"{link}{image}</a>",
        title=f"{link}{escape(article.headline)}</a>",
        deck=f"<p>{escape(article.deck)}</p>" if article.deck else "",
        site=escape(share.site),
    )


def security_policy(image_url: str = "") -> str:
    """No script (JSON-LD is data, which no browser runs), our pages' one style, and pictures from where the card is, if any."""
    style = b64encode(hashlib.sha256(page_style().encode()).digest()).decode()
    images = f"img-src 'self' {'/'.join(image_url.split('/')[:3])}; " if image_url else ""
    return f"default-src 'none'; {images}style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def _metas(share: SharePage) -> Iterator[str]:
    article, card = share.article, share.card
    description = article.deck or article.summary or card["alt"]
    media_type = MEDIA_TYPES[card["type"]]
    properties = [
        ("og:type", "article"),
        # Not the article's: Facebook would go there, and show that page's picture instead of the card.
        ("og:url", share.url),
        ("og:site_name", share.site),
        ("og:title", article.headline),
        ("og:description", description),
        ("og:locale", _locale(article.language)),
        ("og:image", card["url"]),
        ("og:image:secure_url", card["url"] if card["url"].startswith("https:") else ""),
        ("og:image:type", media_type),
        ("og:image:width", str(card["width"])),
        ("og:image:height", str(card["height"])),
        ("og:image:alt", card["alt"]),
        ("article:published_time", _moment(share.published_at)),
        ("article:modified_time", _moment(article.modified_at)),
        ("article:section", article.section or article.kicker),
        *(("article:author", author) for author in article.byline),
    ]
    names = [
        ("description", description),
        ("twitter:card", "summary_large_image"),
        ("twitter:title", article.headline),
        ("twitter:description", description),
        ("twitter:image", card["url"]),
        ("twitter:image:alt", card["alt"]),
    ]
    for key, pairs in (("property", properties), ("name", names)):
        yield from (f'<meta {key}="{name}" content="{escape(content)}">' for name, content in pairs if content)


def _links(share: SharePage) -> Iterator[str]:
    yield f'<link rel="canonical" href="{escape(share.onward)}">'
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
        "datePublished": _moment(article.published_at),
        "dateModified": _moment(article.modified_at),
        "articleSection": article.section or article.kicker,
        "author": [{"@type": "Person", "name": author} for author in article.byline],
        "publisher": {"@type": "Organization", "name": share.site},
        "mainEntityOfPage": share.onward,
    }
    text = json.dumps({name: value for name, value in fields.items() if value}, ensure_ascii=False)
    # Inside <script> only these could end it or open a comment (HTML, "restrictions for contents of script elements").
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _locale(language: str) -> str:
    """`pt-BR` as Open Graph has it: pt_BR; a language alone in its usual country, where Facebook knows one."""
    primary, *rest = language.split("-")
    region = next((part.upper() for part in rest if len(part) == 2), "")
    return f"{primary.lower()}_{region}" if region else LOCALES.get(primary.lower(), "")


def _moment(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


@cache
def _template() -> Template:
    return Template(Path(__file__).with_name("share.html").read_text("utf-8"))


@cache
def page_style() -> str:
    """The CSS of share pages, and of those that stand in for them."""
    return Path(__file__).with_name("share.css").read_text("utf-8")

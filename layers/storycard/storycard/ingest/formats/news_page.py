"""A published page, by its schema.org NewsArticle (JSON-LD), OpenGraph and the article one reads on it, into an Article.

https://schema.org/NewsArticle · https://ogp.me
"""

from typing import Any

from storycard.article import Article, ArticleImage
from storycard.ingest.draft import Draft, build_article, is_paid_label, label_of
from storycard.ingest.fields import at, credit_in, first, is_true, items, moment, objects, plain, raw_text, text
from storycard.ingest.formats.json_ld import news_article
from storycard.ingest.html.page import Page, read_page
from storycard.ingest.web_addresses import web_address


def read_news_page(data: bytes, article_id: str | None = None, language: str | None = None) -> Article:
    """A page, or JSON-LD alone. A page's own ID is its address, so a given one goes before it. Raises ArticleInvalid."""
    page = read_page(data)
    story, nodes = news_article(page.json_ld)
    meta = page.meta
    address = _address(story, page)
    names = [*_texts(story, "articleSection"), *_texts(story, "keywords"), *_texts(story, "genre"), meta.get("article:tag", "")]
    kinds = [str(kind) for kind in items(story, "@type")]
    live = "LiveBlogPosting" in kinds and not moment(at(story, "coverageEndTime"))
    corrected = bool(at(story, "correction")) and not isinstance(at(story, "correction"), bool)
    headline = plain(first(text(story, "headline"), text(story, "name"), meta.get("og:title", ""), page.heading, page.title))
    return build_article(
        Draft(
            id=article_id or _identifier(story) or address,
            headline=headline,
            languages=(page.language, *_texts(story, "inLanguage"), meta.get("og:locale", ""), meta.get("content-language", "")),
            deck=plain(_different(raw_text(story, "alternativeHeadline"), headline)),
            description=plain(
                first(text(story, "description"), text(story, "abstract"), *map(meta.get, _DESCRIPTIONS, [""] * 3))
            ),
            section=plain(first(*_texts(story, "articleSection"), meta.get("article:section", ""))),
            body=page.body(raw_text(story, "articleBody")),
            byline=_authors(story, nodes, meta),
            published_at=moment(at(story, "datePublished")) or moment(meta.get("article:published_time")),
            updated_at=moment(at(story, "dateModified")) or moment(meta.get("article:modified_time")),
            label="correction" if corrected else "live" if live else label_of(*names),
            canonical_url=address,
            image=_image(story, nodes, page, address),
            paid="AdvertiserContentArticle" in kinds or is_true(at(story, "isSponsored")) or is_paid_label(*names),
        ),
        article_id,
        language,
    )


_DESCRIPTIONS = ("og:description", "description", "twitter:description")


def _address(story: dict[str, Any], page: Page) -> str:
    """The page's own address, by the first of those that say so and are one."""
    main = first(text(story, "mainEntityOfPage"), text(story, "mainEntityOfPage", "@id"), text(story, "mainEntityOfPage", "url"))
    base = first(web_address(page.canonical), web_address(page.meta.get("og:url", "")), web_address(main), web_address(page.base))
    links = (page.canonical, text(story, "url"), main, page.meta.get("og:url", ""), text(story, "@id"))
    return next(filter(None, (web_address(link, base) for link in links if link)), "")


def _identifier(story: dict[str, Any]) -> str:
    return first(text(story, "identifier"), text(story, "identifier", "value"), text(story, "identifier", 0, "value"))


def _texts(story: dict[str, Any], name: str) -> list[str]:
    """The texts of a property: one, several, several with commas between them, or things that have names."""
    found = [first(text(item), text(item, "name"), text(item, "alternateName")) for item in items(story, name)]
    return [part.strip() for value in found for part in (value.split(",") if name == "keywords" else [value]) if part.strip()]


def _different(line: str, headline: str) -> str:
    return "" if plain(line).casefold() == headline.casefold() else line


def _authors(story: dict[str, Any], nodes: dict[str, dict[str, Any]], meta: dict[str, str]) -> tuple[str, ...]:
    names = []
    for author in items(story, "author"):
        person = nodes.get(text(author, "@id"), author) if not text(author, "name") else author
        names.append(plain(first(text(person, "name"), text(person, "name", 0), text(person))))
    found = [name for name in names if name and not web_address(name)]
    return tuple(
        found or [name for name in (meta.get("article:author", ""), meta.get("author", "")) if name and not web_address(name)][:1]
    )


def _image(story: dict[str, Any], nodes: dict[str, dict[str, Any]], page: Page, base: str) -> ArticleImage | None:
    """The largest of the article's pictures, else what the page gives to link previews."""
    pictures = [nodes.get(text(item, "@id"), item) for item in items(story, "image")] + objects(story, "thumbnailUrl")
    best = max(pictures, key=_pixels, default=None)
    url = web_address(first(text(best), text(best, "url"), text(best, "contentUrl"), text(best, "@id")), base)
    og = web_address(first(*map(page.meta.get, ("og:image:secure_url", "og:image", "twitter:image"), [""] * 3)), base)
    if not url and not og:
        return None
    caption = plain(first(raw_text(best, "caption"), raw_text(best, "description")))
    credit = first(
        text(best, "creditText"),
        text(best, "copyrightHolder", "name"),
        text(best, "creator", "name"),
        text(best, "author", "name"),
    )
    alt = first(page.meta.get("og:image:alt", ""), caption)
    return ArticleImage(url or og, credit=first(credit, credit_in(caption))[:500], alt=alt[:1_000])


def _pixels(picture: object) -> int:
    sides = [text(picture, side).removesuffix("px").strip() or text(picture, side, "value") for side in ("width", "height")]
    return int(sides[0]) * int(sides[1]) if all(side.isascii() and side.isdigit() and len(side) < 6 for side in sides) else 0

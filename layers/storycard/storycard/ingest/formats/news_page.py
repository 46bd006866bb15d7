"""Reads a published web page: its schema.org NewsArticle (JSON-LD), its OpenGraph metadata and its visible text.

https://schema.org/NewsArticle · https://ogp.me
"""

from typing import Any

from storycard.article import Article, ArticleImage, SocialHeadlines
from storycard.ingest.draft import Draft, build_article, build_image, detect_label, marks_paid_content
from storycard.ingest.fields import at, first_text, is_true, items, objects, parse_time, raw_text, text
from storycard.ingest.html.inline import Title
from storycard.ingest.html.json_ld import read_nodes
from storycard.ingest.html.page import Page, read_page
from storycard.ingest.html.paywall import OPEN, find_closed_text
from storycard.ingest.html.site_names import find_site_names, names_site, without_site_name
from storycard.ingest.photo_credits import find_credit
from storycard.ingest.read_options import ReadOptions
from storycard.ingest.typed_markup import html_text
from storycard.ingest.web_addresses import web_address
from storycard.language.reading_words import ReadingWords

_DESCRIPTIONS = ("og:description", "description", "twitter:description")
# Values of creativeWorkStatus; others, such as "Draft", are not public.
_PUBLISHED = frozenset({"published", "publish", "live", "final"})
_IMAGES = ("og:image:secure_url", "og:image", "twitter:image")


def read_news_page(data: bytes, options: ReadOptions) -> Article:
    """Reads a page, or JSON-LD on its own. Raises ArticleInvalid.

    `options.article_id` takes precedence, because a page's own identifier is often only its URL. Text behind a paywall is left
    out, unless `options.paid_text` is set.
    """
    words = options.languages.reading_words
    page = read_page(data, options.charset)
    story, nodes, questions = read_nodes(page.json_ld)
    meta = page.meta
    address = _address(story, page)
    names = [*_texts(story, "articleSection"), *_texts(story, "keywords"), *_texts(story, "genre"), meta.get("article:tag", "")]
    kinds = [str(kind) for kind in items(story, "@type")]
    live = "LiveBlogPosting" in kinds and not parse_time(at(story, "coverageEndTime"))
    corrected = bool(at(story, "correction")) and not isinstance(at(story, "correction"), bool)
    closed = OPEN if options.paid_text else find_closed_text(story, nodes, page)
    sites = find_site_names(story, nodes, page, address)
    if names_site(page.headings.article.headline, page.title):
        sites = (*sites, page.headings.article.headline)
    title = _title(story, page, sites)
    return build_article(
        Draft(
            id=options.article_id or _identifier(story) or address,
            headline=title.headline,
            social=_social(page, sites, title.headline),
            languages=(page.language, *_texts(story, "inLanguage"), meta.get("og:locale", ""), meta.get("content-language", "")),
            deck=html_text(_unless_headline(raw_text(story, "alternativeHeadline"), title.headline)),
            description=html_text(
                first_text(text(story, "description"), text(story, "abstract"), *(meta.get(name, "") for name in _DESCRIPTIONS))
            ),
            kicker=title.kicker,
            section=html_text(first_text(*_texts(story, "articleSection"), meta.get("article:section", ""))),
            body=page.body("" if closed.parts_only else raw_text(story, "articleBody"), words, closed.elements),
            questions=() if closed.parts_only else questions,
            byline=_authors(story, nodes, meta),
            published_at=parse_time(at(story, "datePublished")) or parse_time(meta.get("article:published_time")),
            updated_at=parse_time(at(story, "dateModified")) or parse_time(meta.get("article:modified_time")),
            status="published" if _PUBLISHED.issuperset(map(str.lower, _texts(story, "creativeWorkStatus"))) else "draft",
            label="correction" if corrected else "live" if live else detect_label(words, title.kicker, *names),
            canonical_url=address,
            image=_image(story, nodes, page, address, words),
            paid="AdvertiserContentArticle" in kinds or is_true(at(story, "isSponsored")) or marks_paid_content(words, *names),
            closed=closed.wholly,
            notices=page.notices,
        ),
        options,
    )


def _title(story: dict[str, Any], page: Page, sites: tuple[str, ...]) -> Title:
    """Returns the headline without the site's name, and the kicker if the article's heading has one."""
    heading = page.headings.article
    sections = [*_texts(story, "articleSection"), page.meta.get("article:section", "")]
    lines = [raw_text(story, "headline"), raw_text(story, "name"), page.meta.get("og:title", ""), heading.headline]
    lines += [page.meta.get("twitter:title", ""), page.title]
    lines = [html_text(line) for line in lines]
    titles = (without_site_name(line, sites, heading.headline, sections) for line in lines)
    return Title(first_text(*titles, *lines), heading.kicker)


def _social(page: Page, sites: tuple[str, ...], headline: str) -> SocialHeadlines:
    lines = [html_text(page.meta.get(name, "")) for name in ("og:title", "twitter:title")]
    return SocialHeadlines(*(without_site_name(line, sites, headline) for line in lines))


def _address(story: dict[str, Any], page: Page) -> str:
    """Returns the page's URL: the first valid one among its canonical link, its JSON-LD and its OpenGraph metadata."""
    main = first_text(
        text(story, "mainEntityOfPage"), text(story, "mainEntityOfPage", "@id"), text(story, "mainEntityOfPage", "url")
    )
    base = first_text(
        web_address(page.canonical), web_address(page.meta.get("og:url", "")), web_address(main), web_address(page.base)
    )
    links = (page.canonical, text(story, "url"), main, page.meta.get("og:url", ""), text(story, "@id"))
    return next(filter(None, (web_address(link, base) for link in links if link)), "")


def _identifier(story: dict[str, Any]) -> str:
    return first_text(text(story, "identifier"), text(story, "identifier", "value"), text(story, "identifier", 0, "value"))


def _texts(story: dict[str, Any], name: str) -> list[str]:
    """Returns the texts of a property. It may hold texts, named objects or, in keywords, a comma-separated list."""
    found = [first_text(text(item), text(item, "name"), text(item, "alternateName")) for item in items(story, name)]
    return [part.strip() for value in found for part in (value.split(",") if name == "keywords" else [value]) if part.strip()]


def _unless_headline(line: str, headline: str) -> str:
    return "" if html_text(line).casefold() == headline.casefold() else line


def _authors(story: dict[str, Any], nodes: dict[str, dict[str, Any]], meta: dict[str, str]) -> tuple[str, ...]:
    names = []
    for author in items(story, "author"):
        person = nodes.get(text(author, "@id"), author) if not text(author, "name") else author
        names.append(html_text(first_text(text(person, "name"), text(person, "name", 0), text(person))))
    return tuple(_without_links(names) or _without_links([meta.get("article:author", ""), meta.get("author", "")])[:1])


def _without_links(names: list[str]) -> list[str]:
    """Leaves out URLs of profiles, which some pages give as the author's name."""
    return [name for name in names if name and not web_address(name)]


def _image(
    story: dict[str, Any], nodes: dict[str, dict[str, Any]], page: Page, base: str, words: ReadingWords
) -> ArticleImage | None:
    """Returns the largest of the article's pictures, else the one that the page gives for link previews."""
    pictures = [nodes.get(text(item, "@id"), item) for item in items(story, "image")] + objects(story, "thumbnailUrl")
    best = max(pictures, key=_pixels, default=None)
    url = web_address(first_text(text(best), text(best, "url"), text(best, "contentUrl"), text(best, "@id")), base)
    og = web_address(first_text(*(page.meta.get(name, "") for name in _IMAGES)), base)
    if not url and not og:
        return None
    caption = html_text(first_text(raw_text(best, "caption"), raw_text(best, "description")))
    credit = first_text(
        text(best, "creditText"),
        text(best, "copyrightHolder", "name"),
        text(best, "creator", "name"),
        text(best, "author", "name"),
    )
    alt = first_text(page.meta.get("og:image:alt", ""), caption)
    return build_image(url or og, credit=first_text(credit, find_credit(caption, words)), alt=alt)


def _pixels(picture: object) -> int:
    sides = [text(picture, side).removesuffix("px").strip() or text(picture, side, "value") for side in ("width", "height")]
    return int(sides[0]) * int(sides[1]) if all(side.isascii() and side.isdigit() and len(side) < 6 for side in sides) else 0

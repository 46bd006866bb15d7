"""Reads a post from WordPress's REST API, with or without `_embed`, and with or without what Storycard's plugin adds.

https://developer.wordpress.org/rest-api/reference/posts/
"""

from datetime import datetime
from typing import Any, NamedTuple

from storycard.article import Article, ArticleImage, SocialHeadlines, Status
from storycard.editing.text_metrics import plain_words
from storycard.ingest.article_kinds import require_kind, wordpress_kind
from storycard.ingest.closed_text import text_before_divider, without_closed_blocks
from storycard.ingest.draft import Draft, build_article, build_image, detect_label, marks_paid_content
from storycard.ingest.fields import at, first_text, first_time, is_true, items, objects, raw_text, read_object, text
from storycard.ingest.formats.parts.wordpress_plugin import plugin_fields, with_editors_choice, with_plugin_fields
from storycard.ingest.html.body import read_body
from storycard.ingest.html.inline import read_line, read_title
from storycard.ingest.html.site_names import without_site_name
from storycard.ingest.read_options import ReadOptions
from storycard.ingest.typed_markup import html_text
from storycard.ingest.web_addresses import web_address
from storycard.language.reading_words import ReadingWords

_BEGINNING = 50_000  # characters of HTML
_NEAR_BEGINNING = 300  # characters; the text of a player or a caption may come first
_CREDIT_PATHS = (("meta", "_media_credit"), ("media_credit", "credit"), ("media_details", "image_meta", "credit"))
# Any other status, such as future, private or inherit, is a draft.
_STATUSES: dict[str, Status] = {"publish": "published", "trash": "withdrawn"}


def read_wordpress(data: bytes, options: ReadOptions) -> Article:
    """Reads a post, or a list of one. Raises ArticleInvalid, also for a type of post that is not in `options.post_types`.

    A scheduled post is a draft: WordPress sends another webhook when it publishes it.
    """
    words = options.languages.reading_words
    post = read_object(data)
    post = next((inner for name in ("post", "data") if isinstance(inner := post.get(name), dict)), post)
    require_kind(wordpress_kind(post), *options.post_types)
    link = first_text(text(post, "link"), text(post, "permalink"))
    terms = [term for group in items(post, "_embedded", "wp:term") for term in objects(group)]
    categories = [read_line(text(term, "name")) for term in terms if text(term, "taxonomy") == "category"]
    names = [read_line(text(term, "name")) for term in terms]
    status = first_text(text(post, "status"), text(post, "post_status"), "publish")
    closed = not options.paid_text and _is_for_subscribers(post)
    preview = without_closed_blocks(text_before_divider(_markup(post)) or "") if closed else ""
    markup = _markup(post) if options.paid_text else preview or without_closed_blocks(_markup(post))
    title = read_title(first_text(raw_text(post, "title", "rendered"), raw_text(post, "title"), raw_text(post, "post_title")))
    excerpt = _excerpt(post, words, complete=len(markup) == len(_markup(post)) and not closed)
    published_at = _time(post, "date")
    fields = plugin_fields(post)
    draft = with_plugin_fields(
        Draft(
            id=first_text(text(post, "id"), text(post, "ID"), text(post, "slug")),
            headline=title.headline,
            social=_social(post, title.headline),
            languages=(
                text(post, "lang"),
                text(post, "language"),
                text(post, "locale"),
                text(post, "yoast_head_json", "og_locale"),
            ),
            deck=first_text(_meta(post, "newspack_post_subtitle"), _meta(post, "subtitle"), _meta(post, "deck")),
            description=excerpt.written,
            lead=excerpt.lead,
            kicker=_meta(post, "kicker") or title.kicker,
            section=_section(post, categories, words),
            body=read_body(markup, words),
            byline=_authors(post),
            published_at=published_at,
            updated_at=_time(post, "modified"),
            embargo_until=published_at if status == "future" else None,
            status="draft" if status != "trash" and _has_password(post) else _STATUSES.get(status, "draft"),
            label=detect_label(words, title.kicker, *names, _meta(post, "label")),
            canonical_url=web_address(first_text(text(post, "yoast_head_json", "canonical"), link), link),
            image=_image(post, link),
            paid=marks_paid_content(words, *names) or is_true(at(post, "meta", "sponsored")),
            closed=closed and not preview,
        ),
        fields,
        words,
    )
    return with_editors_choice(build_article(draft, options), fields)


def _social(post: dict[str, Any], headline: str) -> SocialHeadlines:
    """Returns Yoast's titles for social networks, unless they are the title for search engines, which Yoast takes by default."""
    yoast = at(post, "yoast_head_json")
    lines = [raw_text(yoast, name) for name in ("og_title", "twitter_title")]
    written = ("" if line == raw_text(yoast, "title") else html_text(line) for line in lines)
    names = [text(yoast, "og_site_name")]
    return SocialHeadlines(*(without_site_name(line, names, headline) for line in written))


def _has_password(post: dict[str, Any]) -> bool:
    """Returns whether readers need a password. The API says so in each protected field, a post object by the password itself."""
    protected = any(is_true(at(post, name, "protected")) for name in ("content", "excerpt", "title"))
    return protected or bool(raw_text(post, "password") or raw_text(post, "post_password"))


def _is_for_subscribers(post: dict[str, Any]) -> bool:
    """Returns whether a paywall known to Storycard's plugin, or Jetpack, shows the post to members only."""
    return is_true(at(post, "storycard", "closed")) or _meta(post, "_jetpack_newsletter_access") not in ("", "everybody")


def _markup(post: dict[str, Any]) -> str:
    summary = raw_text(post, "meta", "newspack_article_summary")
    body = first_text(raw_text(post, "content", "rendered"), raw_text(post, "content"), raw_text(post, "post_content"))
    return f'<div class="article-summary">{summary}</div>{body}' if summary else body


class _Excerpt(NamedTuple):
    written: str = ""  # what somebody wrote about the post
    lead: str = ""  # its beginning, in whole sentences


def _excerpt(post: dict[str, Any], words: ReadingWords, *, complete: bool) -> _Excerpt:
    """Reads the first paragraph of the excerpt, without the "read more" link that themes append.

    WordPress makes an excerpt of its own from the beginning of the text, closed parts included.
    """
    written = first_text(raw_text(post, "excerpt", "raw"), raw_text(post, "post_excerpt"))
    rendered = first_text(raw_text(post, "excerpt", "rendered"), raw_text(post, "excerpt")) if complete else ""
    excerpt = next(iter(read_body(written or rendered, words).paragraphs), "")
    if not excerpt or excerpt.endswith(("[…]", "[...]")):
        return _Excerpt()
    if written:
        return _Excerpt(excerpt)
    beginning = plain_words(read_line(_markup(post)[:_BEGINNING]))
    return _Excerpt(lead=excerpt) if 0 <= beginning.find(plain_words(excerpt)) < _NEAR_BEGINNING else _Excerpt(excerpt)


def _meta(post: dict[str, Any], name: str) -> str:
    return read_line(first_text(text(post, "meta", name), text(post, "meta", name, 0), text(post, "acf", name)))


def _section(post: dict[str, Any], categories: list[str], words: ReadingWords) -> str:
    """Returns the primary category of an SEO plugin, else the first category. WordPress's "Uncategorized" counts as none."""
    primary = first_text(
        text(post, "yoast_head_json", "schema", "@graph", 0, "articleSection", 0), text(post, "primary_category", "name")
    )
    return next((name for name in (read_line(primary), *categories) if name and name.lower() not in words.no_section), "")


def _authors(post: dict[str, Any]) -> tuple[str, ...]:
    guests = [read_line(text(author, "display_name")) for author in objects(post, "authors")]
    return tuple(guests or [read_line(text(author, "name")) for author in objects(post, "_embedded", "author")])


def _time(post: dict[str, Any], name: str) -> datetime | None:
    """Prefers the GMT field, because WordPress's local times have no offset."""
    return first_time(post, f"{name}_gmt", name, f"post_{name}_gmt")


def _image(post: dict[str, Any], link: str) -> ArticleImage | None:
    media = at(post, "_embedded", "wp:featuredmedia", 0)
    url = web_address(
        first_text(text(media, "source_url"), text(post, "jetpack_featured_media_url"), text(post, "featured_image_url")), link
    )
    if not url:
        url = web_address(text(post, "yoast_head_json", "og_image", 0, "url"), link)
    if not url:
        return None
    credit = first_text(*(read_line(text(media, *path)) for path in _CREDIT_PATHS))
    return build_image(url, credit=credit, alt=read_line(text(media, "alt_text")))

"""Reads a post from Ghost's APIs, webhooks and exports. Its text may be HTML, Lexical or Mobiledoc.

https://ghost.org/docs/content-api/#posts
"""

from typing import Any, NamedTuple

from storycard.article import Article, ArticleImage, SocialHeadlines, Status
from storycard.ingest.article_kinds import ghost_kind, require_kind
from storycard.ingest.closed_text import text_before_divider, without_closed_blocks
from storycard.ingest.draft import Draft, build_article, build_image, detect_label, marks_paid_content
from storycard.ingest.fields import at, first_text, objects, parse_time, raw_text, read_object, text
from storycard.ingest.formats.parts.ghost_documents import lexical_html, mobiledoc_html
from storycard.ingest.html.body import read_body
from storycard.ingest.html.inline import read_line
from storycard.ingest.mapped.embargo_time import read_embargo
from storycard.ingest.photo_credits import find_credit
from storycard.ingest.read_options import ReadOptions
from storycard.ingest.web_addresses import web_address
from storycard.language.detection import known_language
from storycard.language.reading_words import ReadingWords

_STATUSES: dict[str, Status] = {"published": "published"}  # scheduled, draft and sent (by mail only) posts have no public page


def read_ghost(data: bytes, options: ReadOptions) -> Article:
    """Reads a post: alone, in a list of one, in a webhook's `post.current` or in the API's `posts`. Raises ArticleInvalid.

    Reads what Ghost shows to a visitor without an account, unless `options.paid_text` is set.
    """
    words = options.languages.reading_words
    post = _post(read_object(data))
    require_kind(ghost_kind(post), "post")
    status = "sent" if at(post, "email_only") is True else first_text(text(post, "status"), "published")
    text_shown = _text_shown(post, options.paid_text)
    url = web_address(text(post, "url"))
    tags = [tag for tag in objects(post, "tags") if text(tag, "visibility") != "internal"]
    primary = at(post, "primary_tag") or at(tags, 0)
    names = [text(tag, "name").lstrip("#") for tag in objects(post, "tags")]  # "#sponsored" is an internal tag
    authors = objects(post, "authors") or objects(post, "primary_author")
    return build_article(
        Draft(
            id=first_text(text(post, "id"), text(post, "slug"), text(post, "uuid")),
            headline=text(post, "title"),
            social=SocialHeadlines(text(post, "og_title"), text(post, "twitter_title")),
            languages=(text(post, "locale"), text(post, "lang"), *_language_tags(post)),
            deck=text(post, "custom_excerpt"),
            description=_description(post),
            section=text(primary, "name").lstrip("#"),
            body=read_body(text_shown.markup, words),
            byline=tuple(text(author, "name") for author in authors),
            published_at=parse_time(at(post, "published_at")),
            updated_at=parse_time(at(post, "updated_at")),
            embargo_until=read_embargo(post, "published_at") if status == "scheduled" else None,
            status=_STATUSES.get(status, "draft"),
            label=detect_label(words, *names),
            canonical_url=web_address(text(post, "canonical_url"), url) or url,
            image=_image(post, url, words),
            paid=marks_paid_content(words, *names),
            closed=text_shown.closed,
        ),
        options,
    )


def _post(source: dict[str, Any]) -> dict[str, Any]:
    for path in (("post", "current"), ("posts", 0), ("post",)):
        if isinstance(inner := at(source, *path), dict):
            return inner
    return source


class _TextShown(NamedTuple):
    """The HTML that cards may use; `closed` if none of it may be shown."""

    markup: str
    closed: bool


def _text_shown(post: dict[str, Any], paid_text: bool) -> _TextShown:
    """Returns the public preview of a post for members, as Ghost's own API cuts it (its `post-gating.js`).

    Any visibility but "public" closes a post: "members", "paid", "tiers", or a filter such as "label:vip".
    """
    markup = _markup(post)
    if paid_text:
        return _TextShown(markup, closed=False)
    if text(post, "visibility") in ("", "public"):
        return _TextShown(without_closed_blocks(markup), closed=False)
    preview = without_closed_blocks(text_before_divider(markup) or "")
    return _TextShown(preview or markup, closed=not preview)


def _description(post: dict[str, Any]) -> str:
    """Returns what somebody wrote about the post. Ghost's own `excerpt` is the beginning of the text, closed parts included."""
    return first_text(
        *(text(post, name) for name in ("custom_excerpt", "meta_description", "og_description", "twitter_description"))
    )


def _markup(post: dict[str, Any]) -> str:
    lexical, mobiledoc = raw_text(post, "lexical"), raw_text(post, "mobiledoc")
    return first_text(raw_text(post, "html"), lexical_html(lexical), mobiledoc_html(mobiledoc))


def _language_tags(post: dict[str, Any]) -> tuple[str, ...]:
    """Returns the languages in a post's internal tags, by which multilingual Ghost sites mark it: #de, #lang-pt-br."""
    names = [text(tag, "name").lower() for tag in objects(post, "tags")]
    tags = (name.removeprefix("#").removeprefix("lang-") for name in names if name.startswith("#"))
    return tuple(tag for tag in tags if known_language(tag))


def _image(post: dict[str, Any], url: str, words: ReadingWords) -> ArticleImage | None:
    address = next(
        filter(None, (web_address(text(post, name), url) for name in ("feature_image", "og_image", "twitter_image"))), ""
    )
    if not address:
        return None
    caption = read_line(raw_text(post, "feature_image_caption")) if text(post, "feature_image") else ""
    return build_image(address, credit=find_credit(caption, words), alt=text(post, "feature_image_alt"))

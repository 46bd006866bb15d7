"""Reads a post from Ghost's APIs, webhooks and exports. Its text may be HTML, Lexical or Mobiledoc.

https://ghost.org/docs/content-api/#posts
"""

from typing import Any

from storycard.article import Article, ArticleImage, Status
from storycard.ingest.draft import Draft, build_article, build_image, detect_label, marks_paid_content
from storycard.ingest.fields import at, find_credit, first_text, objects, parse_time, raw_text, read_object, strip_markup, text
from storycard.ingest.formats.ghost_documents import lexical_html, mobiledoc_html
from storycard.ingest.html.body import read_body
from storycard.ingest.web_addresses import web_address
from storycard.language.detection import known_language

_STATUSES: dict[str, Status] = {"published": "published"}  # scheduled, draft and sent (by mail only) posts have no public page


def read_ghost(data: bytes, article_id: str | None = None, language: str | None = None) -> Article:
    """Reads a post: alone, in a list of one, in a webhook's `post.current` or in the API's `posts`. Raises ArticleInvalid."""
    post = _post(read_object(data))
    status = first_text(text(post, "status"), "published")
    url = web_address(text(post, "url"))
    tags = [tag for tag in objects(post, "tags") if text(tag, "visibility") != "internal"]
    primary = at(post, "primary_tag") or at(tags, 0)
    names = [text(tag, "name").lstrip("#") for tag in objects(post, "tags")]  # "#sponsored" is an internal tag
    authors = objects(post, "authors") or objects(post, "primary_author")
    return build_article(
        Draft(
            id=first_text(text(post, "id"), text(post, "slug"), text(post, "uuid")),
            headline=strip_markup(raw_text(post, "title")),
            languages=(text(post, "locale"), text(post, "lang"), *_language_tags(post)),
            deck=text(post, "custom_excerpt"),
            description=first_text(text(post, "custom_excerpt"), text(post, "excerpt"), text(post, "meta_description")),
            section=text(primary, "name").lstrip("#"),
            body=read_body(_markup(post)),
            byline=tuple(text(author, "name") for author in authors),
            published_at=parse_time(at(post, "published_at")),
            updated_at=parse_time(at(post, "updated_at")),
            embargo_until=parse_time(at(post, "published_at")) if status == "scheduled" else None,
            status=_STATUSES.get(status, "draft"),
            label=detect_label(*names),
            canonical_url=web_address(text(post, "canonical_url"), url) or url,
            image=_image(post, url),
            paid=marks_paid_content(*names),
        ),
        article_id,
        language,
    )


def _post(source: dict[str, Any]) -> dict[str, Any]:
    for path in (("post", "current"), ("posts", 0), ("post",)):
        if isinstance(inner := at(source, *path), dict):
            return inner
    return source


def _markup(post: dict[str, Any]) -> str:
    lexical, mobiledoc = raw_text(post, "lexical"), raw_text(post, "mobiledoc")
    return first_text(raw_text(post, "html"), lexical_html(lexical), mobiledoc_html(mobiledoc))


def _language_tags(post: dict[str, Any]) -> tuple[str, ...]:
    """Returns the languages in a post's internal tags, by which multilingual Ghost sites mark it: #de, #lang-pt-br."""
    names = [text(tag, "name").lower() for tag in objects(post, "tags")]
    tags = (name.removeprefix("#").removeprefix("lang-") for name in names if name.startswith("#"))
    return tuple(tag for tag in tags if known_language(tag))


def _image(post: dict[str, Any], url: str) -> ArticleImage | None:
    address = next(
        filter(None, (web_address(text(post, name), url) for name in ("feature_image", "og_image", "twitter_image"))), ""
    )
    if not address:
        return None
    caption = strip_markup(raw_text(post, "feature_image_caption")) if text(post, "feature_image") else ""
    return build_image(address, credit=find_credit(caption), alt=text(post, "feature_image_alt"))

"""A post as Ghost's APIs, webhooks and exports have it, its text in HTML, Lexical or Mobiledoc, into an Article.

https://ghost.org/docs/content-api/#posts
"""

from typing import Any

from storycard.article import Article, ArticleImage, Status
from storycard.ingest.draft import Draft, build_article, is_paid_label, label_of
from storycard.ingest.fields import at, credit_in, first, moment, objects, plain, raw_text, read_object, text
from storycard.ingest.formats.ghost_documents import lexical_html, mobiledoc_html
from storycard.ingest.html.body import read_body
from storycard.ingest.web_addresses import web_address

_STATUSES: dict[str, Status] = {"published": "published"}  # scheduled, draft and sent (by mail only) have no public page


def read_ghost(data: bytes, article_id: str | None = None, language: str | None = None) -> Article:
    """A post, bare, in a list of one, in the webhook's `post.current`, or in the API's `posts`. Raises ArticleInvalid."""
    post = _post(read_object(data))
    status = first(text(post, "status"), "published")
    url = web_address(text(post, "url"))
    tags = [tag for tag in objects(post, "tags") if text(tag, "visibility") != "internal"]
    primary = at(post, "primary_tag") or at(tags, 0)
    names = [text(tag, "name").lstrip("#") for tag in objects(post, "tags")]  # "#sponsored" is how Ghost marks inner matters
    authors = objects(post, "authors") or objects(post, "primary_author")
    return build_article(
        Draft(
            id=first(text(post, "id"), text(post, "slug"), text(post, "uuid")),
            headline=plain(raw_text(post, "title")),
            languages=(text(post, "locale"), text(post, "lang"), *_language_tags(post)),
            deck=text(post, "custom_excerpt"),
            description=first(text(post, "custom_excerpt"), text(post, "excerpt"), text(post, "meta_description")),
            section=text(primary, "name").lstrip("#"),
            body=read_body(_markup(post)),
            byline=tuple(text(author, "name") for author in authors),
            published_at=moment(at(post, "published_at")),
            updated_at=moment(at(post, "updated_at")),
            embargo_until=moment(at(post, "published_at")) if status == "scheduled" else None,
            status=_STATUSES.get(status, "draft"),
            label=label_of(*names),
            canonical_url=web_address(text(post, "canonical_url"), url) or url,
            image=_image(post, url),
            paid=is_paid_label(*names),
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
    return first(raw_text(post, "html"), lexical_html(raw_text(post, "lexical")), mobiledoc_html(raw_text(post, "mobiledoc")))


def _language_tags(post: dict[str, Any]) -> tuple[str, ...]:
    """The languages that multilingual Ghost sites mark their posts with, by an inner tag: #de, #lang-pt-br."""
    names = [text(tag, "name").lower() for tag in objects(post, "tags")]
    return tuple(name.removeprefix("#").removeprefix("lang-") for name in names if name.startswith(("#lang-", "#")))


def _image(post: dict[str, Any], url: str) -> ArticleImage | None:
    address = next(
        filter(None, (web_address(text(post, name), url) for name in ("feature_image", "og_image", "twitter_image"))), ""
    )
    if not address:
        return None
    caption = plain(raw_text(post, "feature_image_caption")) if text(post, "feature_image") else ""
    return ArticleImage(address, credit=credit_in(caption), alt=text(post, "feature_image_alt")[:1_000])

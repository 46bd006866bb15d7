"""A post as WordPress's REST API has it, with `_embed` or without, into an Article.

https://developer.wordpress.org/rest-api/reference/posts/
"""

from typing import Any

from storycard.article import Article, ArticleImage, Status
from storycard.ingest.draft import Draft, build_article, is_paid_label, label_of
from storycard.ingest.fields import at, first, is_true, items, moment, objects, plain, raw_text, read_object, text
from storycard.ingest.html.body import read_body
from storycard.ingest.web_addresses import web_address

_STATUSES: dict[str, Status] = {"publish": "published", "trash": "withdrawn"}  # any other, future and private too, is a draft


def read_wordpress(data: bytes, article_id: str | None = None, language: str | None = None) -> Article:
    """A post, or a list of one. A scheduled post is a draft: WordPress tells again when it goes out. Raises ArticleInvalid."""
    post = read_object(data)
    post = next((inner for name in ("post", "data") if isinstance(inner := post.get(name), dict)), post)
    link = text(post, "link")
    terms = [term for group in items(post, "_embedded", "wp:term") for term in objects(group)]
    categories = [plain(text(term, "name")) for term in terms if text(term, "taxonomy") == "category"]
    names = [plain(text(term, "name")) for term in terms]
    status = first(text(post, "status"), text(post, "post_status"), "publish")
    protected = is_true(at(post, "content", "protected"))
    published_at = _moment(post, "date")
    return build_article(
        Draft(
            id=first(text(post, "id"), text(post, "ID"), text(post, "slug")),
            headline=_rendered(post, "title"),
            languages=(
                text(post, "lang"),
                text(post, "language"),
                text(post, "locale"),
                text(post, "yoast_head_json", "og_locale"),
            ),
            deck=first(_meta(post, "newspack_post_subtitle"), _meta(post, "subtitle"), _meta(post, "deck")),
            description=_excerpt(post),
            kicker=_meta(post, "kicker"),
            section=_section(post, categories),
            body=read_body(_markup(post)),
            byline=_authors(post),
            published_at=published_at,
            updated_at=_moment(post, "modified"),
            embargo_until=published_at if status == "future" else None,
            status="draft" if protected else _STATUSES.get(status, "draft"),
            label=label_of(*names, _meta(post, "label")),
            canonical_url=web_address(first(text(post, "yoast_head_json", "canonical"), link), link),
            image=_image(post, link),
            paid=is_paid_label(*names) or is_true(at(post, "meta", "sponsored")),
        ),
        article_id,
        language,
    )


def _rendered(post: dict[str, Any], name: str) -> str:
    """A field as the API renders it, or as plugins send it: HTML with entities."""
    return plain(first(raw_text(post, name, "rendered"), raw_text(post, name), raw_text(post, f"post_{name}")))


def _markup(post: dict[str, Any]) -> str:
    summary = raw_text(post, "meta", "newspack_article_summary")
    body = first(raw_text(post, "content", "rendered"), raw_text(post, "content"), raw_text(post, "post_content"))
    return f'<div class="article-summary">{summary}</div>{body}' if summary else body


def _excerpt(post: dict[str, Any]) -> str:
    """The excerpt, but for the "read more" that themes put at its end."""
    markup = first(raw_text(post, "excerpt", "rendered"), raw_text(post, "excerpt"), raw_text(post, "post_excerpt"))
    return next(iter(read_body(markup).paragraphs), "") if markup else ""


def _meta(post: dict[str, Any], name: str) -> str:
    return plain(first(text(post, "meta", name), text(post, "meta", name, 0), text(post, "acf", name)))


def _section(post: dict[str, Any], categories: list[str]) -> str:
    """The category that an SEO plugin calls primary, else the first; "Uncategorized" is none."""
    primary = first(
        text(post, "yoast_head_json", "schema", "@graph", 0, "articleSection", 0), text(post, "primary_category", "name")
    )
    return next((name for name in (plain(primary), *categories) if name and name.lower() != "uncategorized"), "")


def _authors(post: dict[str, Any]) -> tuple[str, ...]:
    guests = [plain(text(author, "display_name")) for author in objects(post, "authors")]
    return tuple(guests or [plain(text(author, "name")) for author in objects(post, "_embedded", "author")])


def _moment(post: dict[str, Any], name: str) -> Any:
    """GMT where WordPress says so; its local times have no offset, and only stand in."""
    return moment(at(post, f"{name}_gmt")) or moment(at(post, name)) or moment(at(post, f"post_{name}_gmt"))


def _image(post: dict[str, Any], link: str) -> ArticleImage | None:
    media = at(post, "_embedded", "wp:featuredmedia", 0)
    url = web_address(
        first(text(media, "source_url"), text(post, "jetpack_featured_media_url"), text(post, "featured_image_url")), link
    )
    if not url:
        url = web_address(text(post, "yoast_head_json", "og_image", 0, "url"), link)
    if not url:
        return None
    credit = first(*(plain(text(media, *path)) for path in _CREDITS))
    return ArticleImage(url, credit=credit[:500], alt=plain(text(media, "alt_text"))[:1_000])


_CREDITS = (("meta", "_media_credit"), ("media_credit", "credit"), ("media_details", "image_meta", "credit"))

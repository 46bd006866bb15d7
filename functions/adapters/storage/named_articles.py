"""Finds the IDs of the articles that a webhook delivery names, even if it is not about an article or cannot be read as one."""

from collections.abc import Iterator, Mapping

from storycard.errors import ArticleInvalid
from storycard.ingest.article_ids import safe_id
from storycard.ingest.fields import at, items, raw_text, read_object

# Where the CMSs of docs/webhooks.md put the article in an event, and its ID in the article.
_INNER = "data article post post.current post.previous page.current page.previous body story item newsitem sys"
_ENVELOPES = ((), *(tuple(path.split(".")) for path in _INNER.split()))
_ID_NAMES = ("id", "_id", "ID", "post_id", "story_id", "article_id", "guid", "uri", "uuid", "identifier", "slug", "url", "@id")
_DRAFTS = ("drafts", "versions")  # Sanity's `drafts.{id}` and `versions.{release}.{id}`


def named_articles(body: bytes) -> frozenset[str]:
    """Returns every ID under which the body may name an article, valid as an article's ID, without a source's prefix."""
    try:
        names = set(_in_json(read_object(body)))
    except ArticleInvalid:
        names = set(_in_page(body))
    return frozenset(filter(None, map(safe_id, names)))


def _in_json(event: Mapping[str, object]) -> Iterator[str]:
    for path in _ENVELOPES:
        article = at(event, *path)
        for name in (raw_text(article, key) for key in _ID_NAMES):
            yield name
            prefix, _, rest = name.partition(".")
            if prefix in _DRAFTS:
                yield rest if prefix == "drafts" else rest.partition(".")[2]


def _in_page(body: bytes) -> Iterator[str]:
    from storycard.ingest.html.json_ld import read_nodes  # loads the HTML parser, which events in JSON do not need
    from storycard.ingest.html.page import read_page

    try:
        page = read_page(body)
    except ArticleInvalid:
        return
    story = read_nodes(page.json_ld).story
    yield from (page.canonical, page.meta.get("og:url", ""))
    for name in ("identifier", "url", "@id", "mainEntityOfPage"):
        for value in items(story, name):
            yield from (raw_text(value, *path) for path in ((), ("@id",), ("url",), ("value",)))

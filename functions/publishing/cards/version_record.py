"""Builds what is kept of each version of a story: its manifest, its words and who sent them."""

from collections.abc import Iterable, Mapping
from itertools import accumulate
from types import MappingProxyType
from typing import Any

from adapters.storage.article_store import StoredArticle
from publishing.cards.render_job import RenderJob
from storycard.ingest.formats.native import to_native

MAX_WORDS = 10_000  # characters of the facts, of the quotes and of the questions; cards show a tenth of this
# The fields of a story that cards show, and their values if it has none.
WORDS: Mapping[str, Any] = MappingProxyType(
    {"headline": "", "kicker": "", "deck": "", "label": "", "bullets": (), "quotes": (), "questions": ()}
)


def version_record(stored: StoredArticle, job: RenderJob, manifest: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the manifest with headline, summary, `changed_by`, and `story`: the words and the photograph's hash.

    Long lists are cut, because a list of versions has the words of 24 of them, and is read into memory.
    """
    native = to_native(stored.article)
    story: dict[str, Any] = {name: native.get(name, empty) for name, empty in WORDS.items()}
    story |= {name: first_words(story[name]) for name in ("bullets", "quotes", "questions")}
    photo = job.photo.sha256 if job.photo else ""
    return {
        **manifest,
        "headline": stored.article.headline,
        "summary": stored.article.summary,
        "changed_by": stored.changed_by,
        "story": story | {"photo": photo},
    }


def first_words(items: Iterable[str | Mapping[str, str]]) -> list[Any]:
    """Returns the first texts, or groups of texts, that have at most MAX_WORDS characters together."""
    listed = list(items)
    lengths = (len(item) if isinstance(item, str) else sum(map(len, item.values())) for item in listed)
    return [item for item, total in zip(listed, accumulate(lengths), strict=True) if total <= MAX_WORDS]


def changes_between(earlier: Mapping[str, Any], later: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Lists how the words, the photograph, the theme and the release of Storycard differ, as `field`, `was` and `is`."""
    was, now = ({**record["story"], **{name: record[name] for name in ("theme", "renderer")}} for record in (earlier, later))
    return [{"field": name, "was": was.get(name), "is": now[name]} for name in now if was.get(name) != now[name]]

"""Builds what is kept of each version of a story: its manifest, its words and who sent them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from adapters.storage.article_store import StoredArticle
from publishing.cards.render_job import RenderJob
from storycard.ingest.formats.native import to_native

# The fields of a story that cards show, and their values if it has none.
WORDS: Mapping[str, Any] = MappingProxyType(
    {"headline": "", "kicker": "", "deck": "", "label": "", "bullets": (), "quotes": (), "questions": ()}
)


def version_record(stored: StoredArticle, job: RenderJob, manifest: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the manifest with headline, summary, `changed_by`, and `story`: the words and the photograph's hash."""
    native = to_native(stored.article)
    story = {name: native.get(name, empty) for name, empty in WORDS.items()}
    photo = (job.photo.sha256 if job.photo else None) or ""
    return {
        **manifest,
        "headline": stored.article.headline,
        "summary": stored.article.summary,
        "changed_by": stored.changed_by,
        "story": story | {"photo": photo},
    }


def changes_between(earlier: Mapping[str, Any], later: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Lists how the words, the photograph, the theme and the release of Storycard differ, as `field`, `was` and `is`."""
    was, now = ({**record["story"], **{name: record[name] for name in ("theme", "renderer")}} for record in (earlier, later))
    return [{"field": name, "was": was.get(name), "is": now[name]} for name in now if was.get(name) != now[name]]

"""Renders one batch of an archive run, as Step Functions lists it from S3."""

import re
from collections.abc import Iterable, Mapping

from adapters.config.settings import Settings
from adapters.render_queue import ARCHIVE, RenderRequest, enqueue
from adapters.telemetry import count, logger
from publishing.cards.publish import Publication
from render_worker.rendering import render

ARTICLE_KEY = re.compile(r"articles/([^/]+)/article\.json")


def render_batch(settings: Settings, items: Iterable[Mapping[str, str]]) -> dict[str, object]:
    """Renders each listed article, and returns how many were rendered, up to date, without cards or waiting for their photo.

    It also returns which failed. An article whose photo is not prepared is rendered by a message after that.

    A failed article is put on the render queue, which tries it five more times before its dead-letter queue. A run
    therefore keeps no list of failures.
    """
    counts = {"rendered": 0, "up_to_date": 0, "without_cards": 0, "waiting": 0}
    failed = []
    for item in items:
        if not (key := ARTICLE_KEY.fullmatch(item["Key"])):
            continue  # another object beside an article
        article_id = key[1]
        logger.append_keys(article_id=article_id)
        try:
            publication = render(settings, article_id, ARCHIVE)
        except Exception:
            logger.exception("not rendered in this run: left to the render queue")
            enqueue(settings.queue_url, RenderRequest(ARCHIVE, article_id=article_id))
            failed.append(article_id)
        else:
            counts[_outcome(publication)] += 1
    count("ArchiveArticles", sum(counts.values()) + len(failed))
    count("ArchiveFailures", len(failed))
    return counts | {"failed": failed}


def _outcome(publication: Publication | None) -> str:
    if publication is None:
        return "without_cards"
    if publication.waits_for_photo:
        return "waiting"
    return "rendered" if publication.card_set else "up_to_date"

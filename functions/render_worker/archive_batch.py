"""A batch of the archive, as Step Functions lists it from S3, into new cards; what fails goes to the queue like any event."""

import re
from collections.abc import Iterable, Mapping

from adapters.config.settings import settings
from adapters.render_queue import RenderRequest, enqueue
from adapters.telemetry import count, logger
from render_worker.rendering import render

ARTICLE = re.compile(r"articles/([^/]+)/article\.json")
SOURCE = "(archive)"  # no webhook source can be called so


def render_batch(items: Iterable[Mapping]) -> dict[str, object]:
    """Settles the article of each listed object that is one; how many got cards, had them, have none, or failed.

    One that fails is put on the render queue: it is tried five times more there, and ends among the dead letters, so that a
    run has no list of its own to be looked after.
    """
    counts = {"rendered": 0, "stood": 0, "without_cards": 0}
    failed = []
    for item in items:
        if not (key := ARTICLE.fullmatch(item["Key"])):
            continue  # what else is kept beside an article
        logger.append_keys(article_id=key[1])
        try:
            publication = render(key[1])
        except Exception:
            logger.exception("left to the render queue")
            enqueue(settings().queue_url, RenderRequest(SOURCE, article_id=key[1]))
            failed.append(key[1])
        else:
            counts["without_cards" if publication is None else "rendered" if publication.card_set else "stood"] += 1
    count("ArchiveArticles", sum(counts.values()) + len(failed))
    count("ArchiveFailures", len(failed))
    return counts | {"failed": failed}

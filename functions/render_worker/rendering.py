"""Renders an article's newest revision, and reports the result in logs and metrics."""

from aws_lambda_powertools.metrics import MetricUnit

from adapters.config.settings import Settings
from adapters.render_queue import PHOTO
from adapters.telemetry import count, logger, metrics, timed
from publishing.cards.publish import Publication
from publishing.reconcile import reconcile


def render(settings: Settings, article_id: str, source: str = PHOTO) -> Publication | None:
    """Publishes the cards of the newest revision, which may be newer than the one that the message was sent for.

    A request for its photograph has this `source`. Returns None for an article without cards: withdrawn, or a draft.
    """
    with timed("MessageTime"):
        publication = reconcile(settings, article_id, source)
    if publication is None:
        logger.info("no cards: withdrawn, or a draft")
    else:
        _report(publication)
    return publication


def _report(publication: Publication) -> None:
    card_set = publication.card_set
    if publication.waits_for_photo:
        count("PhotosAwaited")
        logger.info("waits for its photograph")
        return
    for notice in publication.notices:
        logger.warning(notice)
    count("PhotosMissing", len(publication.notices))
    if card_set is None:
        count("SetsUpToDate")
        logger.info("cards are up to date", extra={"version": publication.version})
        return
    texts = [text for card in card_set.cards for text in card.text]
    counts = {
        "CardsRendered": len(card_set.cards),
        "CardsSkipped": len(card_set.skipped),
        "TruncatedTexts": sum(text.truncated for text in texts),
        "MissingGlyphs": sum(text.missing_glyphs for text in texts),
        "PhotosLeftOut": sum(card.photo is not None and card.photo.placement == "none" for card in card_set.cards),
    }
    for name, value in counts.items():
        count(name, value)
    metrics.add_metric("CardBytes", MetricUnit.Bytes, sum(len(card.data) for card in card_set.cards))
    logger.info("cards rendered", extra={"version": publication.version, **counts})

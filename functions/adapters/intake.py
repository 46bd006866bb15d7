"""A webhook delivery into a stored article: the step that the webhook takes at once and the worker takes again."""

from dataclasses import dataclass

from adapters.article_store import put_if_newer
from adapters.inbox import Delivery
from adapters.revisions import Outcome
from storycard.ingest import read_article


@dataclass(frozen=True, slots=True)
class Intake:
    """Which article a delivery was about, and what it changed."""

    article_id: str
    outcome: Outcome


def take_in(bucket: str, delivery: Delivery) -> Intake:
    """Normalises and stores what the CMS sent. Raises ArticleInvalid when it cannot be understood."""
    article = read_article(delivery.body, delivery.format, language=delivery.language)
    return Intake(article.id, put_if_newer(bucket, article, delivery.body, delivery.received_at))

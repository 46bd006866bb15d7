"""The newest revision of an article into what the public, the team and the CMS are to see of it, whatever was there before."""

from datetime import UTC, datetime

from adapters.config.settings import Settings
from adapters.errors import ArticleUnknown, ArticleWithdrawn
from adapters.storage.article_index import index_article
from adapters.storage.article_store import StoredArticle, find_article, is_public
from publishing.announce import Announcement, announce, last_announcement
from publishing.embargo import cancel_embargo_end, schedule_embargo_end
from publishing.photos import FULL_TIME
from publishing.previews import publish_preview, remove_previews
from publishing.publish import Publication, publish_set
from publishing.takedown import invalidate, take_down

ROUNDS = 5  # an article that changes more often than this while it is looked at can wait for its next message


def reconcile(settings: Settings, article_id: str) -> Publication | None:
    """Publishes the article's cards, or takes them down, as its newest revision says; what was published, if anything.

    It looks again when it is done: events of one article may be worked on at once, and whichever worker ends last must
    leave what the newest revision asks for. Raises LookupError for an article that is not stored, TimeoutError when it
    kept changing.
    """
    for _ in range(ROUNDS):
        stored = find_article(settings.bucket, article_id)
        if stored is None:
            raise LookupError(f"{article_id}: expected a stored article, got nothing")
        index_article(settings.bucket, stored.article, stored.revision)
        try:
            publication = _apply_revision(settings, stored, datetime.now(UTC))
        except (ArticleWithdrawn, ArticleUnknown):
            continue
        after = find_article(settings.bucket, article_id)
        if after is not None and after.revision == stored.revision:
            return publication
    raise TimeoutError(f"{article_id}: changed {ROUNDS} times while its cards were made")


def _apply_revision(settings: Settings, stored: StoredArticle, now: datetime) -> Publication | None:
    article = stored.article
    if is_public(article, now):
        publication = publish_set(settings, stored, now, FULL_TIME)
        if remove_previews(settings.bucket, article.id):
            cancel_embargo_end(settings, article.id)
        announce(settings, stored, Announcement("published", publication.version))
        return publication
    _withdraw(settings, stored)
    if article.status == "published":  # and under embargo
        schedule_embargo_end(settings, article.id, article.embargo_until, now)
        return publish_preview(settings, stored, now, FULL_TIME)
    if remove_previews(settings.bucket, article.id):
        cancel_embargo_end(settings, article.id)
    return None


def _withdraw(settings: Settings, stored: StoredArticle) -> None:
    """Takes down what is public, from the CDN as well, and tells those who were told of it."""
    article_id = stored.article.id
    told = last_announcement(settings.bucket, article_id)
    was_told = told is not None and told.state == "published"
    if take_down(settings.bucket, article_id) or was_told:
        invalidate(settings, article_id)
    if was_told:
        announce(settings, stored, Announcement("withdrawn", told.version))

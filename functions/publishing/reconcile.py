"""Brings the public cards, the previews and the announcements in line with an article's newest revision."""

from datetime import UTC, datetime

from adapters.config.settings import Settings
from adapters.errors import ArticleUnknown, ArticleWithdrawn
from adapters.render_queue import PHOTO
from adapters.storage.added_photos import added_folder
from adapters.storage.article_index import index_article
from adapters.storage.article_store import StoredArticle, find_article, is_public
from adapters.storage.post_store import posts_prefix
from publishing.announce import Announcement, announce, last_announcement
from publishing.cards.previews import publish_preview, remove_previews
from publishing.cards.publish import Publication, publish_set
from publishing.embargo import cancel_embargo_end, schedule_embargo_end
from publishing.photos import ask_for_photo, forget_photo, is_waiting, tried_photo
from publishing.takedown import delete_all, invalidate, take_down

ROUNDS = 5  # an article that changes more often than this meanwhile is left to its next message


def reconcile(settings: Settings, article_id: str, source: str = PHOTO) -> Publication | None:
    """Publishes the article's cards or takes them down, as its newest revision requires. Returns the publication, if any.

    `source` is that of the message: it is passed on if the photograph has to be prepared first, and ARCHIVE selects the queue of
    the announcement.

    It reads the article again at the end: several workers may handle events of one article at once, and the last to finish
    must leave the newest revision's state. Raises LookupError for an article that is not stored, TimeoutError if it changes
    ROUNDS times meanwhile.
    """
    for _ in range(ROUNDS):
        stored = find_article(settings.bucket, article_id)
        if stored is None:
            raise LookupError(f"{article_id}: expected a stored article, got nothing")
        index_article(settings.bucket, stored.article, stored.revision)
        try:
            publication = _apply_revision(settings, stored, datetime.now(UTC), source)
        except (ArticleWithdrawn, ArticleUnknown):
            continue
        after = find_article(settings.bucket, article_id)
        if after is not None and after.revision == stored.revision:
            return publication
    raise TimeoutError(f"{article_id}: changed {ROUNDS} times while its cards were made")


def _apply_revision(settings: Settings, stored: StoredArticle, now: datetime, source: str) -> Publication | None:
    article = stored.article
    if is_public(article, now):
        photo = tried_photo(settings, stored)
        if is_waiting(stored, photo):
            return _wait_for_photo(settings, article.id, source)
        publication = publish_set(settings, stored, now, photo)
        if remove_previews(settings.bucket, article.id):
            cancel_embargo_end(settings, article.id)
        announce(settings, stored, Announcement("published", publication.version), source)
        return publication
    _withdraw(settings, stored)
    if article.status == "published" and article.embargo_until:
        schedule_embargo_end(settings, article.id, article.embargo_until, now)
        photo = tried_photo(settings, stored)
        if is_waiting(stored, photo):
            return _wait_for_photo(settings, article.id, source)
        return publish_preview(settings, stored, now, photo)
    if remove_previews(settings.bucket, article.id):
        cancel_embargo_end(settings, article.id)
    if article.status == "withdrawn":
        forget_photo(settings.bucket, article.id)
        delete_all(settings.bucket, posts_prefix(article.id))
        delete_all(settings.bucket, added_folder(article.id))
    return None


def _wait_for_photo(settings: Settings, article_id: str, source: str) -> Publication:
    ask_for_photo(settings, article_id, source)
    return Publication("", None, waits_for_photo=True)


def _withdraw(settings: Settings, stored: StoredArticle) -> None:
    """Takes down what is public, also from the CDN, and announces the withdrawal if the publication was announced."""
    article_id = stored.article.id
    last = last_announcement(settings.bucket, article_id)
    published = last if last and last.state == "published" else None
    if take_down(settings.bucket, article_id) or published:
        invalidate(settings, article_id)
    if published:
        announce(settings, stored, Announcement("withdrawn", published.version))

"""An article ID into the stored article that the public may see."""

from datetime import datetime

from adapters.article_store import StoredArticle, find_article, is_public
from adapters.errors import ArticleUnknown, ArticleWithdrawn
from adapters.settings import Settings


def public_article(settings: Settings, article_id: str, now: datetime) -> StoredArticle:
    """The article if the public may see its cards at `now`.

    Raises ArticleUnknown for one never stored, a draft, or one under embargo; ArticleWithdrawn for one taken back.
    """
    stored = stored_article(settings, article_id)
    if stored is None or not is_public(stored.article, now):
        withdrawn = stored is not None and stored.article.status == "withdrawn"
        raise (ArticleWithdrawn if withdrawn else ArticleUnknown)(article_id)
    return stored


def stored_article(settings: Settings, article_id: str) -> StoredArticle | None:
    """The newest revision of an article that the store knows, None if it knows none."""
    return find_article(settings.bucket, article_id)

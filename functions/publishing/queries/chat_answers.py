"""Answers questions from a chat with public stories and their cards, at once or when the cards are made.

A story that is a draft, under embargo or withdrawn is answered like one that does not exist.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from adapters.chat.shown_story import show_story
from adapters.chat.slack_messages import Message, choice_message, plain_message, story_message
from adapters.chat.slack_replies import VALID_FOR, post_reply
from adapters.config.settings import Settings
from adapters.errors import ReplyFailed
from adapters.render_queue import CHAT, RenderRequest, enqueue
from adapters.storage.article_index import stamp_of
from adapters.storage.article_store import StoredArticle, find_article, is_public
from adapters.telemetry import logger
from publishing.cards.publish import Manifest, current_manifest
from publishing.queries.article_search import MAX_QUERY, find_by_id, find_page

MOST = 5  # stories in a list
PHOTO_PAUSE = 10  # seconds between two attempts while a story's photograph is prepared

HELP = (
    "Type /cards and the address of a story, its ID, or words of its headline. "
    "The answer has the story's cards, and links to the Studio, the share page and a zip."
)
NO_LINK = "This message has no link. Use the shortcut on a message with the address of a story."
GONE = "This story is no longer published."
MAKING = "The cards of this story are being made. They appear here in a moment."
HIDDEN = "Drafts, withdrawn stories and stories under embargo are not shown here."


def public_story(settings: Settings, article_id: str, now: datetime) -> StoredArticle | None:
    """Returns the stored article if the public may see its cards at `now`."""
    stored = find_article(settings.bucket, article_id)
    return stored if stored and is_public(stored.article, now) else None


def find_public_stories(settings: Settings, queries: Sequence[str], now: datetime) -> list[StoredArticle]:
    """Returns the public stories that match any of the queries, as the Studio finds them, newest first.

    An ID finds its story alone.
    """
    found: dict[str, StoredArticle] = {}
    for query in filter(None, (query[:MAX_QUERY].strip() for query in queries)):
        named = [stored for stored in find_by_id(settings.bucket, query) if is_public(stored.article, now)]
        if named and named[0].article.id == query:
            return named[:1]
        page, _ = find_page(settings.bucket, query, "", {*found}, lambda stored: is_public(stored.article, now))
        found |= {stored.article.id: stored for stored in (*named, *page)}
    return sorted(found.values(), key=lambda stored: stamp_of(stored.revision))


def answer(settings: Settings, queries: Sequence[str], reply_url: str) -> Message:
    """Returns the story that matches, a choice of several, or why there is none. Queues cards that are not made yet."""
    stories = find_public_stories(settings, queries, datetime.now(UTC))
    if not stories:
        asked = f"“{queries[0][:MAX_QUERY]}”" if len(queries) == 1 else "any of these addresses"
        return plain_message(f"No published story matches {asked}. {HIDDEN}\n{HELP}")
    if len(stories) > 1:
        rows = [(stored.article.id, stored.article.headline) for stored in stories[:MOST]]
        return choice_message(rows, more=len(stories) > MOST)
    return answer_with(settings, stories[0], reply_url)


def answer_with(settings: Settings, stored: StoredArticle, reply_url: str) -> Message:
    """Returns the story with its cards. If they are not made yet, queues them, and a message to `reply_url` with them."""
    manifest = current_manifest(settings, stored)
    if manifest:
        return _shown(settings, stored, manifest)
    until = (datetime.now(UTC) + VALID_FOR).isoformat()
    enqueue(settings.queue_url, RenderRequest(CHAT, article_id=stored.article.id, reply_url=reply_url, reply_until=until))
    return plain_message(MAKING)


def reply_when_made(settings: Settings, request: RenderRequest) -> None:
    """Posts the cards of a request from a chat, or queues it again while they wait for a photograph.

    A reply that cannot be posted is dropped: the person has asked again, or has left.
    """
    now = datetime.now(UTC)
    if not (request.reply_url and request.reply_until and request.article_id):
        return
    if now > datetime.fromisoformat(request.reply_until):
        logger.warning("no reply to the chat: it takes none any more")
        return
    stored = public_story(settings, request.article_id, now)
    manifest = current_manifest(settings, stored) if stored else None
    if stored and not manifest:
        enqueue(settings.queue_url, request, delay=PHOTO_PAUSE)
        return
    message = _shown(settings, stored, manifest) if stored and manifest else plain_message(GONE)
    try:
        post_reply(request.reply_url, message, local=settings.local_addresses)
    except ReplyFailed as error:
        logger.error("no reply to the chat: %s", error)


def _shown(settings: Settings, stored: StoredArticle, manifest: Manifest) -> Message:
    article = stored.article
    story = show_story(article.id, article.headline, article.canonical_url, settings.public_base_url, manifest)
    return story_message(story)

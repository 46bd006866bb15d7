"""Reads Ghost's webhooks, `{event, post: {current, previous}}`.

Older releases of Ghost do not send `event`. The two states of the post say what happened: no current state is a deletion.
https://github.com/TryGhost/Ghost/blob/main/ghost/core/core/server/services/webhooks/serialize.js
"""

from collections.abc import Mapping

from adapters.cms.events.event import CmsEvent, Content, Irrelevant, Withdrawal, as_content, first_id, member
from adapters.cms.events.event_names import is_about_something_else, says_deleted, says_withdrawn
from adapters.storage.inbox import Delivery
from storycard.ingest.article_kinds import ghost_kind
from storycard.ingest.fields import first_time, raw_text, read_object

_COPIES = ("post_revisions", "lexical", "mobiledoc", "plaintext")


def read_event(delivery: Delivery) -> CmsEvent:
    envelope = read_object(delivery.body)
    event = raw_text(envelope, "event")
    if "post" not in envelope:
        if "title" in envelope:  # no envelope: a post in the format of the API
            return Content(delivery.body, "ghost")
        return Irrelevant(f"about a page, a tag or a member: {event}")
    if is_about_something_else([event]):  # "page.edited", whose post is the page
        return Irrelevant(f"about no post: {event[:60]}")
    current, previous = member(member(envelope, "post"), "current"), member(member(envelope, "post"), "previous")
    if ghost_kind(current | previous) != "post":
        return Irrelevant("a page")
    if not current or says_deleted([event]):
        return Withdrawal(first_id(current | previous, "id", "slug"))
    was_public, is_public = raw_text(previous, "status") == "published", raw_text(current, "status") == "published"
    if says_withdrawn([event]) or (was_public and not is_public):
        return Withdrawal(first_id(current, "id", "slug"), first_time(current, "updated_at"))
    return as_content(_without_copies(current), "ghost")


def _without_copies(post: Mapping[str, object]) -> dict[str, object]:
    """Returns the post without up to 25 earlier revisions and without copies of its text, which the reader does not need."""
    unread = _COPIES if raw_text(post, "html") else _COPIES[:1]
    return {name: value for name, value in post.items() if name not in unread}

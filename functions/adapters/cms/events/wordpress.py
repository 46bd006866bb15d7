"""Reads WordPress webhooks: each plugin has its own envelope around a post in the format of the REST API.

Most envelopes have an `event`, `action` or `hook` whose words say what happened, and the post at the top level or under `post`
or `data`.
"""

from collections.abc import Mapping

from adapters.cms.events.event import CmsEvent, Irrelevant, Withdrawal, as_content, first_id, member
from adapters.cms.events.event_names import event_names, is_about_something_else, says_deleted, says_withdrawn
from adapters.storage.inbox import Delivery
from storycard.article import ARTICLE_ID
from storycard.ingest.article_kinds import wordpress_kind
from storycard.ingest.fields import first_text, first_time, raw_text, read_object

ID_NAMES = ("id", "ID", "post_id")
# A post of these types never was an article. One of any other type may have been, under the same ID, before its type changed.
_APART = ("revision", "attachment", "nav_menu_item")


def read_event(delivery: Delivery) -> CmsEvent:
    envelope = read_object(delivery.body)
    post = member(envelope, "post") or member(envelope, "data") or envelope
    names = event_names(envelope, delivery.topic)
    article_id = first_id(post, *ID_NAMES) or first_id(envelope, *ID_NAMES)
    was_public = "publish" in (envelope.get("old_status"), envelope.get("previous_status"))
    status = first_text(*(raw_text(source, name) for source in (post, envelope) for name in ("status", "post_status")))
    if (kind := _kind(post, envelope)) not in delivery.post_types:
        may_be_article = kind not in _APART and _is_post(post, envelope) and ARTICLE_ID.fullmatch(article_id)
        return Irrelevant(f"a WordPress post of the type {kind[:60]}", article_id if may_be_article else "")
    withdrawn = says_withdrawn(names)
    if withdrawn and is_about_something_else(names):
        return Irrelevant(f"about no post: {names[0][:60]}")
    # The date of a deleted post is that of its last edit; of a trashed or unpublished post, that of this change.
    if says_deleted(names):
        return Withdrawal(article_id)
    if withdrawn or status == "trash" or (was_public and status != "publish"):
        return Withdrawal(article_id, first_time(post, "modified_gmt", "post_modified_gmt"))
    return as_content(post, "wordpress")


def _is_post(*sources: Mapping[str, object]) -> bool:
    """Returns whether this is a post of some type, and not a comment or a term, which have IDs of their own.

    The API sends a title with every post, and a plugin that sends WordPress's own object its `post_type`.
    """
    return any("post_type" in source or "title" in source for source in sources)


def _kind(post: Mapping[str, object], envelope: Mapping[str, object]) -> str:
    """Returns the post type. An envelope's `type` may name the event instead."""
    named = raw_text(post, "post_type") or raw_text(envelope, "post_type")
    if named or (post is envelope and says_withdrawn([raw_text(post, "type")])):
        return named or "post"
    return wordpress_kind(post)

"""Tests which names of events withdraw an article, from the vendors' lists of events."""

import pytest

from adapters.cms.events.event_names import event_names, is_about_something_else, says_withdrawn

WITHDRAWN = [
    *("post.deleted", "post.unpublished"),  # Ghost
    *("story:delete", "story:unpublish", "unpublish_edition"),  # Arc XP
    *("ContentManagement.Entry.unpublish", "entry.delete", "entry.archive"),  # Contentful, Strapi
    *("unpublished", "deleted", "story.unpublished"),  # Storyblok
    *(
        "trashed_post",
        "wp_trash_post",
        "before_delete_post",
        "publish_to_draft",
        "publish_to_private",
        "draft_to_trash",
    ),  # WordPress
    *("article.deleted", "articleUnpublished", "ARTICLE_DELETED", "Article withdrawn", "post unpublished"),
]
NOT_WITHDRAWN = [
    *("post.published", "post.published.edited", "post.scheduled", "post.unscheduled", "post.added"),
    *("story:first-publish", "story:republish", "story:update", "publish_edition"),
    *("untrashed_post", "trash_to_publish", "draft_to_publish", "publish_to_publish", "publish_post", "undelete", "restored"),
    *("", "text", "story", "type"),
]


@pytest.mark.parametrize("name", WITHDRAWN)
def test_names_that_withdraw(name):
    assert says_withdrawn([name])


@pytest.mark.parametrize("name", NOT_WITHDRAWN)
def test_names_that_do_not_withdraw(name):
    assert not says_withdrawn([name])


@pytest.mark.parametrize("name", ["deleted_post_meta", "comment.deleted", "trashed_comment", "delete_attachment", "page.deleted"])
def test_names_about_something_else(name):
    assert is_about_something_else([name])


def test_finds_the_name_wherever_a_cms_puts_it():
    assert event_names({"event": {"type": "post.deleted"}, "key": "story:delete"}, "a.b") == (
        "a.b",
        "post.deleted",
        "story:delete",
    )
    assert event_names({"event": "A long sentence, which is no name: somebody deleted the ferries."}) == ()

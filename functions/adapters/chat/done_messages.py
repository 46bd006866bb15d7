"""Turns done events, and cards that somebody sends, into messages for the channel of a social team."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from adapters.chat import slack_messages, teams_messages
from adapters.chat.shown_story import ShownStory, show_story

READY = "Cards are ready"


def chat_message(form: str, event: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the event as a message for `form`, slack or teams: a story with its cards, or that its cards are gone."""
    data = event["data"]
    if event["type"] == "cards.withdrawn":
        text = f"The story {data['article_id']} is no longer public. Its cards are gone; look at the posts that use them."
        return slack_messages.plain_message(text) if form == "slack" else teams_messages.plain_message(text)
    lead = f"Sent by {data['sent_by']}" if event["type"] == "cards.sent" else READY
    if form == "slack":  # without the button that Slack would report: a webhook may belong to another app
        return slack_messages.story_message(_story(data), lead=lead, with_zip=False)
    return teams_messages.story_message(_story(data), lead)


def _story(data: Mapping[str, Any]) -> ShownStory:
    """Reads the data of an event; one that an earlier release queued has no headline."""
    article_id = data["article_id"]
    base_url = data["manifest_url"].removesuffix(f"/cards/{article_id}")
    headline = data.get("headline") or article_id
    story = show_story(article_id, headline, data.get("canonical_url") or "", base_url, data.get("manifest"))
    return replace(story, text=data.get("text", ""), page=data.get("page", ""))

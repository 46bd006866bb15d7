"""Builds messages for Microsoft Teams: an Adaptive Card for the webhook of a Workflow, within its limits.

https://learn.microsoft.com/en-us/connectors/teams/#microsoft-teams-webhook
https://adaptivecards.io/explorer/
https://learn.microsoft.com/en-us/microsoftteams/platform/task-modules-and-cards/cards/cards-format
"""

from typing import Any

from adapters.chat.lengths import shortened
from adapters.chat.shown_story import ShownCard, ShownStory
from storycard.editing.text_metrics import utf16_units

CARD = "application/vnd.microsoft.card.adaptive"
# In characters. A message may have 28 KB in all; these texts stay below that in a script that takes three bytes a character.
MAX_HEADLINE, MAX_POST, MAX_ALT, MAX_NOTE, MAX_URL = 500, 1_000, 1_000, 300, 1_500

Message = dict[str, Any]


def story_message(story: ShownStory, lead: str) -> Message:
    """Shows a story with its cards and links; `lead` says why the message was sent."""
    links = (("Open in Studio", story.studio_url), ("Share link", story.share_url), ("Read the story", story.address))
    images = [_column(card) for card in story.cards if _fits(card.url)]
    return _message(
        [
            _text(lead, MAX_NOTE, isSubtle=True),
            _text(story.headline, MAX_HEADLINE, size="Large", weight="Bolder"),
            *([_text(story.text, MAX_POST)] if story.text else []),
            *([{"type": "ColumnSet", "columns": images}] if images else []),
            *(_text(reason, MAX_NOTE, isSubtle=True) for reason in story.missing),
        ],
        [{"type": "Action.OpenUrl", "title": title, "url": url} for title, url in links if _fits(url)],
    )


def plain_message(text: str) -> Message:
    """Builds a message with one unformatted text."""
    return _message([_text(text, MAX_NOTE)], [])


def _message(body: list[Message], actions: list[Message]) -> Message:
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": body,
        "actions": actions,
    }
    return {"type": "message", "attachments": [{"contentType": CARD, "contentUrl": None, "content": card}]}


def _column(card: ShownCard) -> Message:
    """Builds a card's column; the cards stand side by side, and each can be opened in full size."""
    image = {"type": "Image", "url": card.url, "altText": shortened(card.alt, MAX_ALT), "size": "Stretch"}
    return {"type": "Column", "width": "stretch", "items": [image | {"msTeams": {"allowExpand": True}}]}


def _text(text: str, limit: int, **style: object) -> Message:
    """Builds a text run, in which nothing is formatted; a TextBlock would read Markdown."""
    return {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": shortened(text, limit), **style}]}


def _fits(url: str) -> bool:
    return 0 < utf16_units(url) <= MAX_URL

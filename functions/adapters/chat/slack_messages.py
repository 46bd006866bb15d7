"""Builds messages for Slack in Block Kit, within its limits.

https://docs.slack.dev/reference/block-kit/blocks
https://docs.slack.dev/messaging/formatting-message-text#escaping
"""

from collections.abc import Iterable
from typing import Any

from adapters.chat.lengths import shortened
from adapters.chat.shown_story import ShownStory
from storycard.editing.text_metrics import utf16_units

# In characters. A message may have 50 blocks; the longest here has nine.
MAX_HEADER, MAX_LABEL, MAX_TEXT, MAX_ALT, MAX_URL = 150, 75, 3_000, 2_000, 3_000
MAX_HEADLINE = 500  # in a list, where several headlines follow one another

SHOW, ZIP, LINK = "show", "zip", "link"  # what a button does when it is pressed; Slack reports pressed links too

Block = dict[str, Any]
Message = dict[str, Any]


def story_message(story: ShownStory, *, lead: str = "", with_zip: bool = True) -> Message:
    """Shows a story with its cards and its buttons. `lead` says why the message was sent; "" if somebody asked for it.

    `with_zip` adds the button whose press Slack reports to `/chat/slack`.
    """
    blocks = [
        *([_note([_plain(lead)])] if lead else []),
        {"type": "header", "text": _plain(story.headline, MAX_HEADER)},
        *([_note([_link(story.address, "Read the story")])] if _fits(story.address) else []),
        *([{"type": "section", "text": _plain(story.text)}] if story.text else []),
        *(
            {"type": "image", "image_url": card.url, "alt_text": shortened(card.alt, MAX_ALT), "title": _plain(card.title)}
            for card in story.cards
            if _fits(card.url)
        ),
        *([_note([_plain(" ".join(story.missing))])] if story.missing else []),
        {"type": "actions", "elements": _buttons(story, with_zip)},
    ]
    text = f"{lead}: {story.headline}" if lead else story.headline
    return _message(text, blocks)


def choice_message(stories: Iterable[tuple[str, str]], *, more: bool) -> Message:
    """Lists stories, each an ID and a headline, with a button that shows its cards. `more` says that others match too."""
    rows = [_row(article_id, headline) for article_id, headline in stories]
    lead = "The newest stories that match:" if more else "These stories match:"
    end = [_note([_plain("More stories match. Add words of the headline, or give the story's address.")])] if more else []
    return _message(lead, [{"type": "section", "text": _plain(lead)}, *rows, *end])


def plain_message(text: str) -> Message:
    """Builds a message with one unformatted text."""
    return _message(text, [{"type": "section", "text": _plain(text)}])


def zip_message(url: str, headline: str, minutes: int) -> Message:
    """Links to a zip of a story's cards that can be downloaded for some minutes."""
    text = f"All cards of “{shortened(headline, MAX_HEADLINE)}”. The link works for {minutes} minutes."
    button = _button("Download", LINK, url=url)
    return _message(text, [{"type": "section", "text": _plain(text), "accessory": button}])


def to_asker(message: Message) -> Message:
    """Returns the message as an answer that only the person who asked can see; it replaces no other message."""
    return message | {"response_type": "ephemeral", "replace_original": False}


def _row(article_id: str, headline: str) -> Block:
    label = shortened(f"Show {headline}", MAX_LABEL, _escape)  # screen readers would read every button as "Show"
    button = _button("Show", SHOW, value=article_id) | {"accessibility_label": label}
    return {"type": "section", "text": _plain(headline, MAX_HEADLINE), "accessory": button}


def _buttons(story: ShownStory, with_zip: bool) -> list[Block]:
    links = (("Open in Studio", story.studio_url), ("Share link", story.share_url))
    buttons = [_button(label, f"{LINK}-{number}", url=url) for number, (label, url) in enumerate(links)]
    return [*buttons, _button("Download zip", ZIP, value=story.article_id)] if with_zip else buttons


def _message(text: str, blocks: list[Block]) -> Message:
    """Builds a message without previews of its links. `text` is what notifications and screen readers say."""
    return {"text": shortened(text, MAX_TEXT, _escape), "blocks": blocks, "unfurl_links": False, "unfurl_media": False}


def _button(label: str, action: str, **target: str) -> Block:
    return {"type": "button", "text": _plain(label), "action_id": action, **target}


def _note(elements: list[Block]) -> Block:
    return {"type": "context", "elements": elements}


def _plain(text: str, limit: int = MAX_TEXT) -> Block:
    """Builds text in which nothing is formatted, and `:fire:` stays as it is."""
    return {"type": "plain_text", "text": shortened(text, limit, _escape), "emoji": False}


def _link(url: str, label: str) -> Block:
    """Builds a link; `verbatim` keeps Slack from finding further links and mentions."""
    target = _escape(url.replace("|", "%7C"))
    return {"type": "mrkdwn", "text": f"<{target}|{_escape(label)}>", "verbatim": True}


def _fits(url: str) -> bool:
    """Returns whether there is a URL that is short enough, with some room for the mark-up around it."""
    return 0 < utf16_units(_escape(url)) <= MAX_URL - 100


def _escape(text: str) -> str:
    """Escapes the three characters that Slack gives a meaning; any other entity would be shown as it is."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

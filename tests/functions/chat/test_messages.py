"""Tests messages for Slack and Teams: their form, their limits for the longest stories, and that no text is formatted."""

import json
from collections.abc import Iterator

import pytest

from adapters.chat import slack_messages, teams_messages
from adapters.chat.done_messages import chat_message
from adapters.chat.lengths import shortened
from adapters.chat.shown_story import ShownCard, ShownStory, show_story
from adapters.chat.slack_messages import choice_message, plain_message, story_message, zip_message
from storycard.article import MAX_LINE, MAX_TEXT
from storycard.editing.text_metrics import utf16_units

BASE = "https://cards.example"
MANIFEST = {
    "cards": [
        {"kind": kind, "format": form, "url": f"{BASE}/cards/ferry/0123456789abcdef/{kind}/{form}.png", "alt": f"The {kind}."}
        for kind in ("quote", "headline")
        for form in ("og", "square")
    ],
    "skipped": [{"kind": "bullet", "format": form, "reason": "the article has no bullets"} for form in ("og", "square")],
}
FERRY = show_story("ferry", "Ferries & <trams>", "https://paper.example/a?b=1&c=2|3", BASE, MANIFEST)
NASTY = "<!channel> *bold* _it_ `code` :fire: &amp; @here [a](https://a.example)"
# Limits in characters: https://docs.slack.dev/reference/block-kit/
LIMITS = {"alt_text": 2_000, "image_url": 3_000, "url": 3_000, "value": 2_000, "action_id": 255, "accessibility_label": 75}


def longest(letter: str) -> ShownStory:
    cards = tuple(ShownCard(kind, f"{BASE}/{'a' * 200}", letter * MAX_TEXT) for kind in ("Headline", "Key fact", "Quote"))
    missing = tuple(f"{kind}: {letter * MAX_LINE}" for kind in ("Headline", "Key fact", "Quote"))
    return ShownStory(
        "a" * 128, letter * MAX_LINE, f"{BASE}/{'a' * 1_400}", BASE, cards, missing, letter * MAX_TEXT, "/p/abcdefghij"
    )


def nodes(value: object) -> Iterator[dict]:
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from nodes(item)
    if isinstance(value, dict):
        yield value


def faults(message: dict) -> list[str]:
    """Lists what Slack would refuse with `invalid_blocks`."""
    found = [f"{len(message['blocks'])} blocks"] if len(message["blocks"]) > 50 else []
    for node in nodes(message["blocks"]):
        limit = {"header": 150, "button": 75}.get(node.get("type"), 3_000)
        inner = node.get("text")
        if isinstance(inner, dict) and utf16_units(inner["text"]) > limit:
            found.append(f"{node['type']}: {utf16_units(inner['text'])}")
        found += [f"{name}: {utf16_units(node[name])}" for name, most in LIMITS.items() if utf16_units(node.get(name, "")) > most]
        found += [f"{name}: empty" for name in ("text", "alt_text", "url") if node.get(name) == ""]
    return found + ([f"text: {utf16_units(message['text'])}"] if utf16_units(message["text"]) > 3_000 else [])


@pytest.mark.parametrize("letter", ["a", "&", "語", "🙂", '"', "word "])
def test_the_longest_messages_keep_within_every_limit(letter):
    story = longest(letter)
    headlines = [(f"a{number}", letter * MAX_LINE) for number in range(5)]
    messages = [
        story_message(story, lead="Cards are ready"),
        choice_message(headlines, more=True),
        plain_message(letter * MAX_TEXT),
        zip_message(f"{BASE}/{'a' * 2_500}", story.headline, 5),
    ]
    assert [faults(message) for message in messages] == [[], [], [], []]
    assert len(json.dumps(teams_messages.story_message(story, "Cards are ready"), ensure_ascii=False).encode()) < 28_000


def test_the_checks_of_limits_find_faults():
    message = story_message(longest("a"))
    message["blocks"][0]["text"]["text"] += "a"
    message["blocks"][3]["alt_text"] += "a"
    assert faults(message) == ["header: 151", "alt_text: 2001"]


def test_slack_shows_the_square_cards_with_their_alternative_texts_and_buttons():
    header, link, headline, quote, missing, actions = story_message(FERRY)["blocks"]
    assert header["text"]["text"] == "Ferries &amp; &lt;trams&gt;"
    assert link["elements"][0]["text"] == "<https://paper.example/a?b=1&amp;c=2%7C3|Read the story>"
    assert headline == {
        "type": "image",
        "image_url": f"{BASE}/cards/ferry/0123456789abcdef/headline/square.png",
        "alt_text": "The headline.",
        "title": {"type": "plain_text", "text": "Headline", "emoji": False},
    }
    assert quote["alt_text"] == "The quote."
    assert missing["elements"][0]["text"] == "No key fact card: the article has no bullets."
    assert [(button["text"]["text"], button.get("url"), button.get("value")) for button in actions["elements"]] == [
        ("Open in Studio", f"{BASE}/studio#/article/ferry", None),
        ("Share link", f"{BASE}/share/ferry", None),
        ("Download zip", None, "ferry"),
    ]
    assert len({button["action_id"] for button in actions["elements"]}) == 3


def test_nothing_in_a_text_is_formatted_or_mentions_anybody():
    story = ShownStory("ferry", NASTY, "", BASE, (ShownCard("Quote", f"{BASE}/q.png", NASTY),))
    for message in (story_message(story), choice_message([("ferry", NASTY)], more=False), plain_message(NASTY)):
        shown = [node for node in nodes(message) if node.get("type") in ("plain_text", "mrkdwn")]
        assert {node["type"] for node in shown} == {"plain_text"}
        assert not any("<" in node["text"] or node["emoji"] for node in shown)
        assert "<" not in message["text"]
    card = teams_messages.story_message(story, "Ready")["attachments"][0]["content"]
    assert not any(node.get("type") == "TextBlock" for node in nodes(card))  # would read Markdown


def test_teams_gets_an_adaptive_card():
    # https://learn.microsoft.com/en-us/connectors/teams/#microsoft-teams-webhook
    message = teams_messages.story_message(FERRY, "Cards are ready")
    [attachment] = message["attachments"]
    assert message["type"] == "message"
    assert (attachment["contentType"], attachment["contentUrl"]) == ("application/vnd.microsoft.card.adaptive", None)
    card = attachment["content"]
    assert (card["type"], card["version"]) == ("AdaptiveCard", "1.4")
    assert [(image["url"], image["altText"]) for image in nodes(card) if image.get("type") == "Image"] == [
        (shown.url, shown.alt) for shown in FERRY.cards
    ]
    assert [run["text"] for block in card["body"] for run in block.get("inlines", ())] == [
        "Cards are ready",
        "Ferries & <trams>",
        "No key fact card: the article has no bullets.",
    ]
    assert [action["url"] for action in card["actions"]] == [FERRY.studio_url, FERRY.share_url, FERRY.address]


@pytest.mark.parametrize("form", ["slack", "teams"])
def test_done_events_are_messages_even_without_manifest_or_headline(form):
    data = {"article_id": "ferry", "version": "0123456789abcdef", "manifest_url": f"{BASE}/cards/ferry"}
    ready = chat_message(form, {"type": "cards.published", "data": data | {"manifest": MANIFEST, "headline": "Ferries"}})
    text = json.dumps(ready)
    assert all(part in text for part in ("Ferries", "headline/square.png", f"{BASE}/share/ferry"))
    assert slack_messages.ZIP not in [node.get("action_id") for node in nodes(ready)]
    assert "ferry" in json.dumps(chat_message(form, {"type": "cards.published", "data": data}))
    gone = chat_message(form, {"type": "cards.withdrawn", "data": {"article_id": "ferry", "version": "0123456789abcdef"}})
    assert "The story ferry is no longer public." in json.dumps(gone)


def test_texts_are_cut_at_spaces_and_never_within_a_character():
    assert shortened("one two three", 11) == "one two…"
    assert shortened("🙂" * 9, 5) == "🙂🙂…"
    assert shortened("abcdefgh", 5) == "abcd…"
    assert shortened("a&b", 5, slack_messages._escape) == "a…"
    assert shortened("one two", 7) == "one two"

"""Sends a story's cards to a chat because somebody asked for it, through the queue of done events and with its retries."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import uuid4

from adapters.chat.shown_story import FORMAT
from adapters.clients import sqs
from adapters.config.connections import load_connections
from adapters.config.settings import Settings
from adapters.telemetry import correlation_id
from publishing.cards.publish import Manifest
from storycard.article import Article


def chat_receivers(settings: Settings) -> Mapping[str, str]:
    """Returns the key in `[outgoing]` of each receiver that is a chat, by the name that people choose.

    A table `[outgoing]` without a name is called after its format; a table `[outgoing.slack]` has that name before it.
    """
    outgoing = load_connections(settings).outgoing
    return {name or receiver.format: name for name, receiver in sorted(outgoing.items()) if receiver.is_chat}


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent: a headline and cards, the text of a post or "", and the end of its share page's address."""

    headline: str
    manifest: Manifest
    text: str = ""
    page: str = ""


def send_to_chat(settings: Settings, article: Article, message: Message, receiver: str, sender: str) -> None:
    """Queues the message for the receiver of this key in `[outgoing]`. It names the sender."""
    shown = {name: [card for card in message.manifest[name] if card["format"] == FORMAT] for name in ("cards", "skipped")}
    data = {
        "article_id": article.id,
        "version": message.manifest["version"],
        "headline": message.headline,
        "canonical_url": article.canonical_url,
        "manifest_url": f"{settings.public_base_url}/cards/{article.id}",
        "manifest": shown,
        "sent_by": sender,
        "text": message.text,
        "page": message.page,
    }
    event = {
        "id": f"msg_{uuid4().hex}",
        "type": "cards.sent",
        "data": data,
        "correlation_id": correlation_id(),
        "receiver": receiver,
    }
    sqs().send_message(QueueUrl=settings.done_queue_url, MessageBody=json.dumps(event, ensure_ascii=False))

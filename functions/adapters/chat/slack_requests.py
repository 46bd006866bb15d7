"""Verifies and reads requests from Slack: slash commands, shortcuts on messages, pressed buttons and the check of an address.

https://docs.slack.dev/authentication/verifying-requests-from-slack
https://docs.slack.dev/interactivity/implementing-slash-commands
https://docs.slack.dev/reference/interaction-payloads
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from adapters.cms.signatures.scheme import (
    Credentials,
    WebhookRequest,
    any_matches,
    header,
    read_hex,
    read_timestamp,
    sha256_hmacs,
    to_utf8,
    wrong_signature,
)
from adapters.errors import BodyUnreadable
from storycard.errors import ArticleInvalid
from storycard.ingest.fields import at, items, raw_text, read_object

SIGNATURE, TIMESTAMP = "x-slack-signature", "x-slack-request-timestamp"
MAX_FIELDS = 100  # of a form; Slack sends about fifteen
MAX_LINKS = 5  # of a message that are looked up
MAX_VALUES = 2_000  # of a message that are searched for links
_LINK = re.compile(r"<(https?://[^<>|\s]+)(?:\|[^<>]*)?>")
_ADDRESS_KEYS = ("url", "from_url", "original_url", "title_link")  # of links in rich text, and of previews


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to see: words or an address from a slash command, or the links in a message.

    `reply_url` takes answers for 30 minutes. `user` is Slack's ID of the person.
    """

    queries: tuple[str, ...]
    reply_url: str
    user: str
    by_command: bool  # a slash command shows the body of the response; a shortcut only takes messages at `reply_url`


@dataclass(frozen=True, slots=True)
class Pressed:
    """A pressed button: its action and value."""

    action: str
    value: str
    reply_url: str
    user: str


@dataclass(frozen=True, slots=True)
class Challenge:
    """A text that Slack expects back, as proof that the address is ours."""

    text: str


SlackRequest = Asked | Pressed | Challenge | None


def verify(request: WebhookRequest, credentials: Credentials) -> None:
    """Raises SignatureInvalid unless the raw body was signed with one of the signing secrets in the last five minutes."""
    timestamp, signature = header(request, TIMESTAMP), header(request, SIGNATURE)
    read_timestamp(timestamp, TIMESTAMP, request.received_at, per_second=1)
    version, _, digest = signature.partition("=")
    expected = sha256_hmacs(credentials, to_utf8(f"v0:{timestamp}:"), request.body)
    if version != "v0" or not any_matches([read_hex(digest)], expected):
        raise wrong_signature(SIGNATURE)


def read_form(body: bytes) -> Mapping[str, str]:
    """Reads `application/x-www-form-urlencoded`: the first value of each name. Raises BodyUnreadable."""
    form: dict[str, str] = {}
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=MAX_FIELDS)
    except ValueError as error:  # UnicodeDecodeError is one
        raise BodyUnreadable("body", f"a form in UTF-8 of at most {MAX_FIELDS} fields", "something else") from error
    for name, value in pairs:
        form.setdefault(name, value)
    return form


def read_request(body: bytes, content_type: str) -> SlackRequest:
    """Reads a verified body; None for an interaction that needs no answer. Raises BodyUnreadable."""
    if content_type.partition(";")[0].strip().lower() == "application/json":
        event = _object(body)
        return Challenge(_text(event, "challenge")) if at(event, "type") == "url_verification" else None
    form = read_form(body)
    if "payload" in form:
        return _interaction(_object(to_utf8(form["payload"])))
    query = _unwrapped(form.get("text", ""))
    return Asked((query,) if query else (), form.get("response_url", ""), form.get("user_id", ""), by_command=True)


def _interaction(payload: Mapping[str, object]) -> SlackRequest:
    reply_url, user = _text(payload, "response_url"), _text(payload, "user", "id")
    if at(payload, "type") == "message_action":
        return Asked(links_in(at(payload, "message")), reply_url, user, by_command=False)
    if at(payload, "type") == "block_actions":
        action, value = (_text(payload, "actions", 0, name) for name in ("action_id", "value"))
        return Pressed(action, value, reply_url, user)
    return None


def links_in(message: object) -> tuple[str, ...]:
    """Returns the first addresses in a message: in its text, in its rich text and in its previews, each once."""
    found: dict[str, None] = {}
    for link in _links(message):
        found[link] = None
        if len(found) == MAX_LINKS:
            break
    return tuple(found)


def _links(message: object) -> Iterator[str]:
    queue: list[tuple[str, object]] = [("", message)]
    for key, value in queue:  # grows while it is read, so the message's own text comes before its previews
        if isinstance(value, str):
            if key in _ADDRESS_KEYS and value.startswith(("https://", "http://")):
                yield _unescaped(value)
            elif key == "text":
                yield from (_unescaped(link) for link in _LINK.findall(value))
        elif len(queue) < MAX_VALUES:
            inner = value.items() if isinstance(value, dict) else [(key, item) for item in items(value)]
            queue.extend(inner)


def _unwrapped(text: str) -> str:
    """Returns what was typed: Slack may send an address as `<address|label>`, and escapes three characters."""
    link = _LINK.fullmatch(text.strip())
    return _unescaped(link[1] if link else text.strip())


def _unescaped(text: str) -> str:
    return _whole(text).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _text(source: object, *path: str | int) -> str:
    return _whole(raw_text(source, *path))


def _whole(text: str) -> str:
    """Replaces unpaired surrogates, which are valid in JSON but not in responses or S3 keys."""
    return text.encode("utf-8", "replace").decode()


def _object(body: bytes) -> Mapping[str, object]:
    try:
        return read_object(body)
    except ArticleInvalid as error:
        raise BodyUnreadable(error.field, error.expected, error.got) from error

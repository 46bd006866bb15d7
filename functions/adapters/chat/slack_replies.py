"""Posts answers to the `response_url` of a request from Slack.

https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
"""

import json
from datetime import timedelta

from adapters.chat.slack_messages import Message, to_asker
from adapters.errors import ReplyFailed
from adapters.outbound.safe_fetch import FetchFailed, Rules, post_url

HOSTS = frozenset({"hooks.slack.com"})
VALID_FOR = timedelta(minutes=30)  # and for five messages; no request is answered more than twice
SECONDS = 2.0  # Slack waits three for the response to its own request
MAX_ANSWER = 65_536  # bytes; the body of the response is not used


def post_reply(url: str, message: Message, *, local: bool) -> None:
    """Posts a message that only the person who asked can see. Raises ReplyFailed."""
    rules = Rules(MAX_ANSWER, seconds=SECONDS, hosts=None if local else HOSTS, local=local)
    body = json.dumps(to_asker(message), ensure_ascii=False).encode()
    try:
        answer = post_url(url, body, rules, {"Content-Type": "application/json; charset=utf-8"})
    except FetchFailed as error:
        raise ReplyFailed(str(error)) from error
    if not 200 <= answer.status < 300:
        raise ReplyFailed(f"response_url: expected a status from 200 to 299, got {answer.status}")

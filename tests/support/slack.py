"""Signs requests as Slack does, and holds payloads in the shape of Slack's documentation."""

import hashlib
import hmac
import json
import time
from urllib.parse import urlencode

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
FORM = "application/x-www-form-urlencoded"
REPLY_URL = "https://hooks.slack.com/actions/T0000/111/abcdefgh"


def slack_signed(body: bytes, content_type: str = FORM, secret: str = SECRET, at: float | None = None) -> dict[str, str]:
    """Returns the headers of a request that Slack sends at a Unix time (default: now)."""
    moment = str(int(time.time() if at is None else at))
    digest = hmac.new(secret.encode(), f"v0:{moment}:".encode() + body, hashlib.sha256).hexdigest()
    return {"content-type": content_type, "x-slack-request-timestamp": moment, "x-slack-signature": f"v0={digest}"}


def command(text: str, reply_url: str = REPLY_URL) -> bytes:
    """Returns the body of a slash command: https://docs.slack.dev/interactivity/implementing-slash-commands"""
    fields = {
        "token": "gIkuvaNzQIHg97ATvDxqgjtO",
        "team_id": "T0001",
        "team_domain": "example",
        "channel_id": "C2147483705",
        "channel_name": "test",
        "user_id": "U2147483697",
        "user_name": "Steve",
        "command": "/cards",
        "text": text,
        "response_url": reply_url,
        "trigger_id": "13345224609.738474920.8088930838d88f008e0",
        "api_app_id": "A123456",
    }
    return urlencode(fields).encode()


def interaction(payload: dict) -> bytes:
    return urlencode({"payload": json.dumps(payload)}).encode()


def shortcut(message: dict, reply_url: str = REPLY_URL) -> bytes:
    """Returns a shortcut on a message: https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload"""
    payload = {
        "token": "Nj2rfC2hU8mAfgaJLemZgO7H",
        "callback_id": "cards",
        "type": "message_action",
        "trigger_id": "13345224609.8534564800.6f8ab1f53e13d0cd15f96106292d5536",
        "response_url": reply_url,
        "team": {"id": "T0MJRM1A7", "domain": "pandamonium"},
        "channel": {"id": "D0LFFBKLZ", "name": "cats"},
        "user": {"id": "U0D15K92L", "name": "dr_maomao"},
        "message": {"type": "message", "user": "U0MJRG1AL", "ts": "1516229207.000133", **message},
    }
    return interaction(payload)


def press(action: str, value: str = "", reply_url: str = REPLY_URL) -> bytes:
    """Returns a pressed button: https://docs.slack.dev/reference/interaction-payloads/block_actions-payload"""
    payload = {
        "type": "block_actions",
        "team": {"id": "T9TK3CUKW", "domain": "example"},
        "user": {"id": "UA8RXUSPL", "username": "jtorrance", "team_id": "T9TK3CUKW"},
        "api_app_id": "AABA1ABCD",
        "token": "9s8d9as89d8as9d8as989",
        "container": {"type": "message", "message_ts": "1548261231.000200", "channel_id": "CBR2V3XEX", "is_ephemeral": True},
        "trigger_id": "12321423423.333649436676.d8c1bb837935619ccad0f624c448ffb3",
        "response_url": reply_url,
        "actions": [
            {
                "action_id": action,
                "block_id": "=qXel",
                "text": {"type": "plain_text", "text": "View", "emoji": True},
                "value": value,
                "type": "button",
                "action_ts": "1548426417.840180",
            }
        ],
    }
    return interaction(payload)

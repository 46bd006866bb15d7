"""Lists the route of chats. It needs no token: Slack signs its requests."""

from http_api.chat import slack
from http_api.openapi.parts import ANY_JSON, PLAIN, TEXT, described, query_parameter
from http_api.route import Operation, Route

_FORM = {"application/x-www-form-urlencoded": {"schema": {"type": "object", "additionalProperties": TEXT}}, **ANY_JSON}

CHAT_ROUTES = (
    Route(
        "/chat/slack",
        {
            "POST": Operation(
                slack.receive,
                "answerSlack",
                "Answers a slash command, a shortcut or a button of Slack, signed by Slack",
                {200: described("A message; empty if it is posted to response_url", {**ANY_JSON, **PLAIN})},
                (400, 401, 404, 413, 500, 503),
                body={"required": True, "content": _FORM},
            ),
            "GET": Operation(
                slack.check_address,
                "checkSlack",
                "Answers Slack's check of the TLS certificate",
                {200: described("The address answers", PLAIN)},
                (404, 500),
                parameters=(query_parameter("ssl_check", TEXT, "`1`; anything else is answered with 404"),),
            ),
        },
    ),
)

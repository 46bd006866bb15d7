"""Every address of the API as data: its pattern, its template in OpenAPI's words, and what answers which method."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from aws_lambda_powertools.event_handler import Response

from adapters.tokens import Role
from http_api import archive, articles, cards, health, oembed, orders, share
from http_api.cards import Ask

Handler = Callable[..., Response]


@dataclass(frozen=True, slots=True)
class Route:
    """`pattern` is Powertools' (a name in <> matches within a path segment); `template` is what people and OpenAPI read."""

    pattern: str
    template: str
    methods: Mapping[str, Handler]
    roles: Mapping[str, Role] = field(default_factory=dict)  # what a bearer token must be good for; none for the public


def _read(handler: Callable[[Ask], Response]) -> dict[str, Handler]:
    return {"GET": handler, "HEAD": handler}


# The first pattern that matches answers.
ROUTES = (
    Route("/healthz", "/healthz", _read(health.healthz)),
    Route("/openapi.json", "/openapi.json", _read(health.openapi)),
    Route("/cards/<article_id>[.]zip", "/cards/{article_id}.zip", {"GET": archive.download}, {"GET": "viewer"}),
    Route(
        "/articles/<article_id>",
        "/articles/{article_id}",
        {**_read(articles.get_article), "PUT": articles.put_article, "DELETE": articles.delete_article},
        {"GET": "viewer", "HEAD": "viewer", "PUT": "editor", "DELETE": "editor"},
    ),
    Route(
        "/cards/<article_id>/<kind>/<format_name>[.]<extension>",
        "/cards/{article_id}/{kind}/{format_name}.{extension}",
        _read(cards.newest_card),
    ),
    Route("/cards/<article_id>/<kind>/<format_name>", "/cards/{article_id}/{kind}/{format_name}", _read(cards.negotiated_card)),
    Route(
        "/cards/<article_id>/<version>/<kind>/<format_name>[.]<extension>",
        "/cards/{article_id}/{version}/{kind}/{format_name}.{extension}",
        _read(cards.pinned_card),
    ),
    Route(
        "/cards/<article_id>",
        "/cards/{article_id}",
        {**_read(cards.manifest), "POST": orders.order_cards},
        {"POST": "editor"},
    ),
    Route("/share/<article_id>", "/share/{article_id}", _read(share.newest)),
    Route("/share/<article_id>/<kind>", "/share/{article_id}/{kind}", _read(share.share)),
    Route("/oembed", "/oembed", _read(oembed.oembed)),
)

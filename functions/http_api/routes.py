"""Every address of the API as data: its pattern, its template in OpenAPI's words, and what answers which method."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from aws_lambda_powertools.event_handler import Response

from http_api import cards, health, oembed, share
from http_api.cards import Ask

Handler = Callable[..., Response]


@dataclass(frozen=True, slots=True)
class Route:
    """`pattern` is Powertools' (a name in <> matches within a path segment); `template` is what people and OpenAPI read."""

    pattern: str
    template: str
    methods: Mapping[str, Handler]


def _read(handler: Callable[[Ask], Response]) -> dict[str, Handler]:
    return {"GET": handler, "HEAD": handler}


# The first pattern that matches answers.
ROUTES = (
    Route("/healthz", "/healthz", _read(health.healthz)),
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
    Route("/cards/<article_id>", "/cards/{article_id}", _read(cards.manifest)),
    Route("/share/<article_id>", "/share/{article_id}", _read(share.newest)),
    Route("/share/<article_id>/<kind>", "/share/{article_id}/{kind}", _read(share.share)),
    Route("/oembed", "/oembed", _read(oembed.oembed)),
)

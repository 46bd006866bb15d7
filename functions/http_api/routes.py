"""Every address of the API as data: its pattern, its template in OpenAPI's words, and what answers which method."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from aws_lambda_powertools.event_handler import Response

from adapters.web.tokens import Role
from http_api import articles, cards, health, listing, oembed, preview, render_requests, share, studio, team, zip_download
from http_api.cards import RequestContext

Handler = Callable[..., Response]


@dataclass(frozen=True, slots=True)
class Route:
    """`pattern` is Powertools' (a name in <> matches within a path segment); `template` is what people and OpenAPI read."""

    pattern: str
    template: str
    methods: Mapping[str, Handler]
    roles: Mapping[str, Role] = field(default_factory=dict)  # what a caller must be; none for the public
    audited: Mapping[str, str] = field(default_factory=dict)  # what the audit log calls a call that succeeded


def _read(handler: Callable[[RequestContext], Response]) -> dict[str, Handler]:
    return {"GET": handler, "HEAD": handler}


# The first pattern that matches answers.
ROUTES = (
    Route("/healthz", "/healthz", _read(health.healthz)),
    Route("/openapi.json", "/openapi.json", _read(health.openapi)),
    Route(
        "/cards/<article_id>[.]zip",
        "/cards/{article_id}.zip",
        {"GET": zip_download.download},
        {"GET": "viewer"},
        {"GET": "download set"},
    ),
    Route(
        "/downloads/<article_id>/<version>/<kind>/<format_name>[.]<extension>",
        "/downloads/{article_id}/{version}/{kind}/{format_name}.{extension}",
        {"GET": cards.download},
        {"GET": "viewer"},
        {"GET": "download card"},
    ),
    Route("/whoami", "/whoami", {"GET": team.whoami}, {"GET": "viewer"}),
    Route("/catalogue", "/catalogue", _read(team.catalogue)),
    Route("/articles", "/articles", {"GET": listing.list_articles}, {"GET": "viewer"}),
    Route("/articles/<article_id>/photo", "/articles/{article_id}/photo", {"GET": team.photo}, {"GET": "viewer"}),
    Route("/cards/<article_id>/preview", "/cards/{article_id}/preview", {"POST": preview.preview_card}, {"POST": "viewer"}),
    Route("/studio", "/studio", _read(studio.page)),
    Route("/studio/sign-in", "/studio/sign-in", _read(studio.sign_in)),
    Route("/studio/<name>", "/studio/{name}", _read(studio.part)),
    Route(
        "/articles/<article_id>",
        "/articles/{article_id}",
        {**_read(articles.get_article), "PUT": articles.put_article, "DELETE": articles.delete_article},
        {"GET": "viewer", "HEAD": "viewer", "PUT": "editor", "DELETE": "editor"},
        {"PUT": "store article", "DELETE": "withdraw article"},
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
        {**_read(cards.manifest), "POST": render_requests.order_cards},
        {"POST": "editor"},
        {"POST": "order cards"},
    ),
    Route("/share/<article_id>", "/share/{article_id}", _read(share.newest)),
    Route("/share/<article_id>/<kind>", "/share/{article_id}/{kind}", _read(share.share)),
    Route("/oembed", "/oembed", _read(oembed.oembed)),
)

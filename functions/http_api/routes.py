"""Lists every route of the API except `/openapi.json`. The first pattern that matches a path answers."""

import http_api.cards.routes
import http_api.pages.routes
import http_api.team.routes
from http_api.health import get_health
from http_api.openapi.parts import ANY_JSON, described
from http_api.route import Operation, Route, get_and_head

HEALTH = Route(
    "/healthz",
    get_and_head(
        Operation(
            get_health,
            "getHealth",
            "Reports whether the function answers",
            {200: described("The function answers", ANY_JSON)},
            (500,),
        )
    ),
)

ROUTES = (HEALTH, *http_api.team.routes.ROUTES, *http_api.pages.routes.ROUTES, *http_api.cards.routes.ROUTES)

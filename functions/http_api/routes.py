"""Lists every route of the API except `/openapi.json`. The first pattern that matches a path answers."""

from http_api.cards.routes import CARD_ROUTES
from http_api.chat.routes import CHAT_ROUTES
from http_api.health import get_health
from http_api.openapi.parts import ANY_JSON, described
from http_api.pages.routes import PAGE_ROUTES
from http_api.posts.routes import POST_ROUTES
from http_api.route import Operation, Route, get_and_head
from http_api.team.routes import TEAM_ROUTES

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

ROUTES = (HEALTH, *POST_ROUTES, *TEAM_ROUTES, *PAGE_ROUTES, *CHAT_ROUTES, *CARD_ROUTES)

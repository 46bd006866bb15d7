"""Serves the OpenAPI document at `/openapi.json`."""

from collections.abc import Iterable

from adapters.web.responses import HttpResponse, text_response
from http_api.openapi.parts import ANY_JSON, UNCHANGED, described
from http_api.request_context import RequestContext
from http_api.route import Operation, Route, get_and_head


def with_openapi(routes: Iterable[Route]) -> tuple[Route, ...]:
    """Adds a route that serves the document of all routes, itself included."""

    def get_openapi(context: RequestContext) -> HttpResponse:
        from http_api.openapi.document import openapi_document  # most processes never serve it

        document = openapi_document(all_routes, context.settings.assets_dir)
        return text_response(context.request, "application/json", document, "public, max-age=300")

    operation = Operation(
        get_openapi,
        "getOpenApi",
        "Returns this document",
        {200: described("The OpenAPI document", ANY_JSON), 304: UNCHANGED},
        (500,),
    )
    all_routes = (*routes, Route("/openapi.json", get_and_head(operation)))
    return all_routes

"""Serves Swagger UI for /openapi.json at `/docs` of the local system. It is not deployed."""

from pathlib import Path

from local_stack.payload import Response

FOLDER = Path(__file__).with_name("swagger")
FILES = {
    "/docs": ("index.html", b"text/html; charset=utf-8"),
    "/docs/swagger-ui.css": ("swagger-ui.css", b"text/css"),
    "/docs/swagger-ui-bundle.js": ("swagger-ui-bundle.js", b"text/javascript"),
}


def swagger_page(method: str, path: str) -> Response | None:
    """Returns a file of the page, or None for any other request."""
    if method not in ("GET", "HEAD") or path not in FILES:
        return None
    name, media_type = FILES[path]
    data = (FOLDER / name).read_bytes()
    headers = ((b"content-type", media_type), (b"content-length", str(len(data)).encode()), (b"cache-control", b"no-store"))
    return Response(200, headers, data if method == "GET" else b"")

"""Serves the Studio, the team's web page, from assets/studio with a strict Content-Security-Policy."""

from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from adapters.errors import PageUnknown
from adapters.web.callers import SIGNED_IN
from adapters.web.responses import HttpResponse, json_response, text_response
from http_api.request_context import RequestContext

MEDIA_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
# Browsers revalidate each file, so that modules from two releases are never mixed.
CACHE_CONTROL = "no-cache"


def get_studio(context: RequestContext) -> HttpResponse:
    """Answers with the page, which loads all its data through the documented API."""
    return get_studio_file(context, "index.html")


def get_studio_file(context: RequestContext, name: str, room: str = "") -> HttpResponse:
    """Answers with a file from assets/studio, or from the folder `room` in it. Raises PageUnknown for any other name."""
    text = _files(context.settings.assets_dir).get((room, name))
    if text is None:
        raise PageUnknown
    headers = {"Content-Security-Policy": _policy(context), "Referrer-Policy": "no-referrer"}
    return text_response(context.request, MEDIA_TYPES[Path(name).suffix], text, CACHE_CONTROL, headers)


def get_sign_in(context: RequestContext) -> HttpResponse:
    """Answers with the OpenID Connect provider, if one is configured. Signing in with a token always works."""
    oidc = context.settings.sign_in
    client = {"authorize_url": oidc.authorize_url, "token_url": oidc.token_url, "client_id": oidc.client_id, "scope": oidc.scope}
    value = {"oidc": client | {"prefix": SIGNED_IN}} if oidc.client_id else {}
    return json_response(200, value | {"public_base_url": context.base_url}, context.request, "no-cache")


def _policy(context: RequestContext) -> str:
    """Forbids inline scripts and styles, framing and form posts. Trusted Types make assigning `innerHTML` an error."""
    token_url = urlsplit(context.settings.sign_in.token_url)
    provider = f" {token_url.scheme}://{token_url.netloc}" if token_url.netloc else ""
    return (
        f"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: {context.base_url}; "
        f"connect-src 'self'{provider}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )


@cache
def _files(assets_dir: Path) -> dict[tuple[str, str], str]:
    """Returns the text of each file by its folder, "" for assets/studio itself, and its name."""
    folder = assets_dir / "studio"
    found = [("", path) for path in folder.iterdir()] + [(path.parent.name, path) for path in folder.glob("*/*")]
    return {(room, path.name): path.read_text("utf-8") for room, path in found if path.suffix in MEDIA_TYPES}

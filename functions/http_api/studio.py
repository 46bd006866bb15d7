"""`/studio`: the team's page and its parts, from the assets, with the policy that keeps everything else out."""

from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from aws_lambda_powertools.event_handler import Response

from adapters.config.settings import settings
from adapters.errors import PageUnknown
from adapters.web.callers import SIGNED_IN
from adapters.web.responses import document_answer, json_answer
from http_api.cards import RequestContext
from http_api.requests import base_url

MEDIA_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
# Asked for again each time: after a deploy, no old module meets a new one.
CACHED = "no-cache"


def page(context: RequestContext) -> Response:
    """The page itself; all it shows it asks the documented calls for."""
    return part(context, "index.html")


def part(context: RequestContext, name: str) -> Response:
    """A style sheet, a module, an icon: one of the files in assets/studio, and none besides them."""
    text = _files(settings().assets_dir).get(name)
    if text is None:
        raise PageUnknown
    headers = {"Content-Security-Policy": _policy(base_url(context.request)), "Referrer-Policy": "no-referrer"}
    return document_answer(context.request, MEDIA_TYPES[Path(name).suffix], text, CACHED, headers)


def sign_in(context: RequestContext) -> Response:
    """How people may sign in: always by a token, and through an OpenID Connect provider where one is set up."""
    oidc = settings().sign_in
    known = {"authorize_url": oidc.authorize_url, "token_url": oidc.token_url, "client_id": oidc.client_id, "scope": oidc.scope}
    value = {"oidc": known | {"prefix": SIGNED_IN}} if oidc.client_id else {}
    return json_answer(200, value | {"public_base_url": base_url(context.request)}, context.request, "no-cache")


def _policy(public: str) -> str:
    """No inline script or style, nothing framed or posted; Trusted Types make `innerHTML` an error where browsers know them."""
    token_url = urlsplit(settings().sign_in.token_url)
    provider = f" {token_url.scheme}://{token_url.netloc}" if token_url.netloc else ""
    return (
        f"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: {public}; connect-src 'self'{provider}; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )


@cache
def _files(assets_dir: Path) -> dict[str, str]:
    folder = assets_dir / "studio"
    return {path.name: path.read_text("utf-8") for path in folder.iterdir() if path.suffix in MEDIA_TYPES}

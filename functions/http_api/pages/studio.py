"""Serves the Studio, the team's web page, from assets/studio with a strict Content-Security-Policy."""

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from adapters.errors import PageUnknown
from adapters.storage.card_store import IMMUTABLE
from adapters.web.callers import SIGNED_IN
from adapters.web.responses import HttpResponse, json_response, text_response
from http_api.request_context import RequestContext

MEDIA_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
_PAGE = "index.html"
_RELEASE = re.compile(r"[0-9a-f]{16}")


def get_studio(context: RequestContext) -> HttpResponse:
    """Answers with the page, which loads all its data through the documented API."""
    return get_studio_file(context, _PAGE)


def get_studio_file(context: RequestContext, name: str, room: str = "", release: str = "") -> HttpResponse:
    """Answers with a file from assets/studio, or from the folder `room` in it. Raises PageUnknown for any other name.

    The page names its files by release, so that browsers and the CDN need not ask for them again, and never mix two releases.
    During a gradual deployment this function may be asked for a file of another release: it answers with its own, which is
    revalidated.
    """
    if not release and _RELEASE.fullmatch(room):
        room, release = "", room
    studio = _studio(context.settings.assets_dir)
    text = studio.files.get((room, name))
    if text is None or (release and (name == _PAGE or not _RELEASE.fullmatch(release))):
        raise PageUnknown
    headers = {"Content-Security-Policy": _policy(context), "Referrer-Policy": "no-referrer"}
    cache_control = IMMUTABLE if release == studio.release else "no-cache"
    return text_response(context.request, MEDIA_TYPES[Path(name).suffix], text, cache_control, headers)


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


@dataclass(frozen=True, slots=True)
class _Studio:
    """The text of each file by its folder, "" for assets/studio itself, and its name; and what names this release of them."""

    files: dict[tuple[str, str], str]
    release: str


@cache
def _studio(assets_dir: Path) -> _Studio:
    folder = assets_dir / "studio"
    found = [("", path) for path in folder.iterdir()] + [(path.parent.name, path) for path in folder.glob("*/*")]
    files = {(room, path.name): path.read_text("utf-8") for room, path in sorted(found) if path.suffix in MEDIA_TYPES}
    release = hashlib.sha256(repr(files).encode()).hexdigest()[:16]
    files["", _PAGE] = files["", _PAGE].replace('"/studio/', f'"/studio/{release}/')
    return _Studio(files, release)

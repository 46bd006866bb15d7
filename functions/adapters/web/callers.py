"""Identifies the caller of a request by a bearer token, or by the claims that API Gateway's JWT authorizer has verified."""

import base64
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from adapters.config.secrets_cache import secret_text
from adapters.config.settings import Settings
from adapters.errors import OriginBypassed, TokenTooWeak
from adapters.web.tokens import ROLES, Role, authorise

# Only paths below this prefix pass the JWT authorizer (template.yaml); clients cannot set its claims themselves.
SIGNED_IN = "/signed-in"
ORIGIN_HEADER = "x-storycard-origin"  # set by the CDN, which replaces one that a client sends
# One token alone: if a header came twice, API Gateway joins both with a comma, and has verified only one of them.
TOKEN = re.compile(r"(?:bearer +)?[\w-]+\.([\w-]+)\.[\w-]+", re.IGNORECASE | re.ASCII)
NAME_CLAIMS = ("email", "preferred_username", "username", "sub")  # the most descriptive first

LambdaEvent = dict[str, Any]  # an API Gateway event, payload format 2.0


@dataclass(frozen=True, slots=True)
class Caller:
    """The authenticated caller, as the audit log names them."""

    name: str
    role: Role


def check_origin(settings: Settings, event: LambdaEvent) -> None:
    """Raises OriginBypassed for a request that did not come through the CDN, if the API serves only the CDN."""
    if settings.origin_secret:
        given = event.get("headers", {}).get(ORIGIN_HEADER, "")
        if not hmac.compare_digest(given.encode("utf-8", "surrogatepass"), secret_text(settings.origin_secret).encode()):
            raise OriginBypassed


def identify_caller(settings: Settings, event: LambdaEvent, role: Role) -> Caller:
    """Returns the caller if they have `role` or a higher one. Raises TokenInvalid, TokenTooWeak."""
    claims = _verified_claims(event)
    if claims is None:
        headers = {name.lower(): value for name, value in event.get("headers", {}).items()}
        token = authorise(settings.connections_secret, headers.get("authorization"), role)
        return Caller(token.name, token.role)
    names: Mapping[Role, str] = {"viewer": settings.sign_in.viewer_role, "editor": settings.sign_in.editor_role}
    given = _values(event, claims, settings.sign_in.role_claim)
    highest = next((known for known in reversed(ROLES) if names[known] in given), None)
    if highest is None or ROLES.index(highest) < ROLES.index(role):
        raise TokenTooWeak(role)
    return Caller(next((str(claims[name]) for name in NAME_CLAIMS if claims.get(name)), "unknown"), highest)


def strip_signed_in_prefix(event: LambdaEvent) -> LambdaEvent:
    """Returns the event with SIGNED_IN removed from its path, if it carries verified claims; otherwise unchanged."""
    if _verified_claims(event) is None or not event["rawPath"].startswith(SIGNED_IN + "/"):
        return event
    return event | {"rawPath": event["rawPath"].removeprefix(SIGNED_IN)}


def _values(event: LambdaEvent, claims: Mapping[str, object], name: str) -> list[str]:
    """Returns the values of a verified claim.

    API Gateway writes a list as "[photo editor interns]", whatever spaces its values have. The token itself has the list, and is
    the verified one if API Gateway would write its list in the same way.
    """
    verified = str(claims.get(name, ""))
    headers = {key.lower(): value for key, value in event.get("headers", {}).items()}
    token = TOKEN.fullmatch(headers.get("authorization", "").strip())
    try:
        payload = token[1] if token else ""
        value = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))[name]
    except (KeyError, TypeError, ValueError, RecursionError):
        return [verified]
    is_list = isinstance(value, list) and all(isinstance(item, str) for item in value)
    return value if is_list and f"[{' '.join(value)}]" == verified else [verified]


def _verified_claims(event: LambdaEvent) -> Mapping[str, object] | None:
    """Returns the claims of a JSON Web Token that the authorizer has verified; None without one."""
    claims: Mapping[str, object] | None = (event["requestContext"].get("authorizer") or {}).get("jwt", {}).get("claims")
    return claims

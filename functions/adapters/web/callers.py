"""A request into who makes it and what they may: by a bearer token, or by claims that API Gateway's JWT authorizer checked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from adapters.config.settings import Settings
from adapters.errors import TokenTooWeak
from adapters.web.tokens import ROLES, Role, authorise

# A path below this one comes through the authorizer: template.yaml has no other route to it, and clients cannot set its claims.
SIGNED_IN = "/signed-in"
NAMES = ("email", "preferred_username", "username", "sub")  # claims, the most telling first


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, as the audit log names them."""

    name: str
    role: Role


def caller_of(settings: Settings, event: Mapping, role: Role) -> Caller:
    """The caller of an event, if they have the role. Raises TokenInvalid, TokenTooWeak."""
    claims = claims_of(event)
    if claims is None:
        headers = {name.lower(): value for name, value in event.get("headers", {}).items()}
        token = authorise(settings.connections_secret, headers.get("authorization"), role)
        return Caller(token.name, token.role)
    # API Gateway writes a list of values as "[editor viewer]".
    given = set(re.findall(r"[^\s,\[\]\"]+", str(claims.get(settings.sign_in.role_claim, ""))))
    own = next((known for known in reversed(ROLES) if known in given), None)
    if own is None or ROLES.index(own) < ROLES.index(role):
        raise TokenTooWeak(role)
    return Caller(next((str(claims[name]) for name in NAMES if claims.get(name)), "unknown"), own)


def claims_of(event: Mapping) -> Mapping[str, object] | None:
    """The claims of a checked JSON Web Token; None without one."""
    return (event["requestContext"].get("authorizer") or {}).get("jwt", {}).get("claims")


def without_prefix(event: dict) -> dict:
    """The event as if its path did not begin with SIGNED_IN, for a caller with claims."""
    if claims_of(event) is None or not event["rawPath"].startswith(SIGNED_IN + "/"):
        return event
    return event | {"rawPath": event["rawPath"].removeprefix(SIGNED_IN)}

"""The function's environment into one frozen Settings value."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from adapters.errors import ConfigInvalid


@dataclass(frozen=True, slots=True)
class SignIn:
    """How people sign in to the Studio by OpenID Connect; all of it empty where they have bearer tokens alone."""

    authorize_url: str
    token_url: str
    client_id: str
    scope: str
    role_claim: str  # that holds "viewer" or "editor", among others perhaps


@dataclass(frozen=True, slots=True)
class Settings:
    """Where everything is; `theme` None means the brand's own, an empty `public_base_url` gives URLs without a host."""

    bucket: str
    queue_url: str
    webhooks_secret: str  # the name of the secret with the keys that CMSs sign by, not what it holds
    connections_secret: str  # likewise, of the one with tokens and what this system talks to on its own
    public_base_url: str
    public_base_url_parameter: str  # of SSM, that holds it where the environment could not; empty where neither does
    assets_dir: Path
    brand: str  # a file in assets/brands; empty means the one that says it is the default
    theme: str | None
    cms_url: str  # of an article by its {id}, where articles are asked for; empty for what the secret of connections says
    cms_format: str
    queue_arn: str  # the queue again, as EventBridge Scheduler names it
    schedule_group: str
    schedule_role_arn: str
    done_queue_url: str
    event_bus: str
    distribution_id: str  # of the CDN in front; empty where there is none
    sign_in: SignIn
    local_addresses: bool  # may articles and photographs come from this machine, by http? Never on AWS


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Settings from environment variables. Raises ConfigInvalid naming the first variable that is missing."""

    def required(name: str) -> str:
        if not environ.get(name):
            raise ConfigInvalid(name, "an environment variable with a value", "nothing")
        return environ[name]

    return Settings(
        bucket=required("BUCKET"),
        queue_url=required("QUEUE_URL"),
        webhooks_secret=required("WEBHOOKS_SECRET"),
        connections_secret=required("CONNECTIONS_SECRET"),
        public_base_url=environ.get("PUBLIC_BASE_URL", "").rstrip("/"),
        public_base_url_parameter=environ.get("PUBLIC_BASE_URL_PARAMETER", ""),
        assets_dir=Path(environ.get("ASSETS_DIR") or "/opt"),
        brand=environ.get("BRAND", ""),
        theme=environ.get("THEME") or None,
        cms_url=environ.get("CMS_URL", ""),
        cms_format=environ.get("CMS_FORMAT", ""),
        queue_arn=required("QUEUE_ARN"),
        schedule_group=required("SCHEDULE_GROUP"),
        schedule_role_arn=required("SCHEDULE_ROLE_ARN"),
        done_queue_url=required("DONE_QUEUE_URL"),
        event_bus=environ.get("EVENT_BUS") or "default",
        distribution_id=environ.get("DISTRIBUTION_ID", ""),
        sign_in=SignIn(
            authorize_url=environ.get("OIDC_AUTHORIZE_URL", ""),
            token_url=environ.get("OIDC_TOKEN_URL", ""),
            client_id=environ.get("OIDC_CLIENT_ID", ""),
            scope=environ.get("OIDC_SCOPE", ""),
            role_claim=environ.get("OIDC_ROLE_CLAIM", ""),
        ),
        local_addresses=environ.get("LOCAL_ADDRESSES") == "true",
    )


@cache
def settings() -> Settings:
    """This process's settings, read on first use so that importing a handler needs no environment."""
    return read_settings(os.environ)

"""Reads the function's environment variables into one frozen Settings value."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from adapters.errors import ConfigInvalid


@dataclass(frozen=True, slots=True)
class SignIn:
    """How people sign in to the Studio by OpenID Connect; every field is empty if only bearer tokens are used."""

    authorize_url: str
    token_url: str
    client_id: str
    scope: str
    role_claim: str  # the claim that contains the name of a role
    viewer_role: str  # the provider's name for viewers
    editor_role: str


@dataclass(frozen=True, slots=True)
class Settings:
    """The addresses of all resources, and the operator's choices."""

    bucket: str
    queue_url: str
    photo_queue_url: str
    webhooks_secret: str  # name of the secret that holds the sources and their signing keys
    connections_secret: str  # name of the secret that holds tokens and outgoing connections
    public_base_url: str  # "" makes URLs without a host
    public_base_url_parameter: str  # name of the SSM parameter that holds it if the environment cannot; "" for none
    assets_dir: Path
    brand: str  # a file in assets/brands; "" for the one marked as default
    theme: str | None  # None for the brand's own
    cms_url: str  # contains {id}; "" if only the connections secret may configure the CMS
    cms_format: str
    queue_arn: str  # of the queue at queue_url, for EventBridge Scheduler
    schedule_group: str
    schedule_role_arn: str
    done_queue_url: str
    archive_done_queue_url: str  # for the done events of archive runs, which may be millions
    event_bus: str
    origin_secret: str  # name of the secret that the CDN sends with each request; "" if the API serves everybody
    distribution_id: str  # of the CDN; "" for none
    sign_in: SignIn
    needs_approval: bool  # whether a second editor approves a post before it is shared
    own_quotes_only: bool  # whether posts and orders may quote only what is in the article
    local_addresses: bool  # allows fetches from this machine over http; never on AWS


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Reads settings from environment variables. Raises ConfigInvalid naming the first variable that is missing."""

    def required(name: str) -> str:
        if not environ.get(name):
            raise ConfigInvalid(name, "an environment variable with a value", "nothing")
        return environ[name]

    return Settings(
        bucket=required("BUCKET"),
        queue_url=required("QUEUE_URL"),
        photo_queue_url=required("PHOTO_QUEUE_URL"),
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
        archive_done_queue_url=required("ARCHIVE_DONE_QUEUE_URL"),
        event_bus=environ.get("EVENT_BUS") or "default",
        origin_secret=environ.get("ORIGIN_SECRET", ""),
        distribution_id=environ.get("DISTRIBUTION_ID", ""),
        sign_in=SignIn(
            authorize_url=environ.get("OIDC_AUTHORIZE_URL", ""),
            token_url=environ.get("OIDC_TOKEN_URL", ""),
            client_id=environ.get("OIDC_CLIENT_ID", ""),
            scope=environ.get("OIDC_SCOPE", ""),
            role_claim=environ.get("OIDC_ROLE_CLAIM", ""),
            viewer_role=environ.get("OIDC_VIEWER_ROLE") or "viewer",
            editor_role=environ.get("OIDC_EDITOR_ROLE") or "editor",
        ),
        needs_approval=environ.get("POST_APPROVAL") == "required",
        own_quotes_only=environ.get("POST_QUOTES") == "article",
        local_addresses=environ.get("LOCAL_ADDRESSES") == "true",
    )


@cache
def settings() -> Settings:
    """Returns the settings in this process's environment. Only handlers call it, once a call, and pass the value on.

    It is not called when a handler is imported, so that importing needs no environment.
    """
    return read_settings(os.environ)

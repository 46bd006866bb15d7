"""The function's environment into one frozen Settings value."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from adapters.errors import ConfigInvalid


@dataclass(frozen=True, slots=True)
class Settings:
    """Where everything is; `theme` None means the assets' default, an empty `public_base_url` gives URLs without a host."""

    bucket: str
    queue_url: str
    webhooks_secret: str  # the name of the secret, not what it holds
    public_base_url: str
    assets_dir: Path
    theme: str | None


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
        public_base_url=environ.get("PUBLIC_BASE_URL", "").rstrip("/"),
        assets_dir=Path(environ.get("ASSETS_DIR") or "/opt"),
        theme=environ.get("THEME") or None,
    )


@cache
def settings() -> Settings:
    """This process's settings, read on first use so that importing a handler needs no environment."""
    return read_settings(os.environ)

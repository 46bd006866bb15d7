"""Reads secrets from Secrets Manager and caches them for some minutes.

Powertools' own provider would load boto3, which this process does not need otherwise: a fifth of a cold start.
"""

import time
from dataclasses import dataclass

from adapters.clients import secretsmanager

MAX_AGE = 300  # seconds; after that a rotated secret is seen without a deployment


@dataclass(frozen=True, slots=True)
class Secret:
    """A secret's text, and when it was requested, in seconds of the monotonic clock."""

    text: str
    requested_at: float


known: dict[str, Secret] = {}


def secret_text(name: str) -> str:
    """Returns the text, at most MAX_AGE seconds old. Raises botocore's ClientError, also for a secret without a value."""
    now = time.monotonic()
    if name not in known or now - known[name].requested_at >= MAX_AGE:
        known[name] = Secret(secretsmanager().get_secret_value(SecretId=name)["SecretString"], now)
    return known[name].text

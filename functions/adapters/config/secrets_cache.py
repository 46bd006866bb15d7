"""The name of a secret in Secrets Manager into its text, kept for some minutes.

Powertools' own provider would load boto3 for it, which this process then has no other use for: a fifth of a cold start.
"""

import time
from dataclasses import dataclass

from adapters.clients import secretsmanager

MAX_AGE = 300  # seconds a text is kept, so that a secret is rotated without a deployment


@dataclass(frozen=True, slots=True)
class Secret:
    """A text, and when it was asked for, in seconds of the monotonic clock."""

    text: str
    asked_at: float


known: dict[str, Secret] = {}


def secret_text(name: str) -> str:
    """The text, at most MAX_AGE seconds old. Raises botocore's ClientError, for a secret that nobody has filled yet as well."""
    now = time.monotonic()
    if name not in known or now - known[name].asked_at >= MAX_AGE:
        known[name] = Secret(secretsmanager().get_secret_value(SecretId=name)["SecretString"], now)
    return known[name].text

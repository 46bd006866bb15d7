"""Webhooks of every scheme and format, signed and sent to the function."""

from datetime import UTC, datetime

import cms_webhook.app
from adapters.cms.events import FORMATS
from adapters.storage.article_store import find_article
from support.cms_signers import SIGNERS
from support.lambda_events import call

TOML = "".join(
    signer.toml(f"{scheme}-{format_name}", scheme, format_name) for scheme, signer in SIGNERS.items() for format_name in FORMATS
)


def post(scheme, format_name, body, at=None, as_base64=False, **options):
    path = f"/webhooks/{scheme}-{format_name}"
    signer = SIGNERS[scheme]
    headers = dict(signer.sign(body, signer.secret, at or datetime.now(UTC), path, **options))
    return call(cms_webhook.app.handler, "POST", path, headers, body, as_base64)


def status(aws, article_id: str) -> str:
    return find_article(aws.bucket, article_id).article.status

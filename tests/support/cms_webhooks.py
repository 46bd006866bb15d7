"""Signs webhooks of every scheme and format, and sends them to the function."""

from datetime import UTC, datetime

import cms_webhook.app
from adapters.cms.events import FORMATS
from adapters.storage.article_store import find_article
from support.cms_signers import SIGNERS
from support.lambda_events import Answer, as_body, call, native, signed

TOML = "".join(
    signer.toml(f"{scheme}-{format_name}", scheme, format_name) for scheme, signer in SIGNERS.items() for format_name in FORMATS
)


def post(scheme, format_name, body, at=None, as_base64=False, **options):
    """Sends a body to the source of a scheme and format in TOML, signed at `at` or now."""
    path = f"/webhooks/{scheme}-{format_name}"
    signer = SIGNERS[scheme]
    headers = dict(signer.sign(body, signer.secret, at or datetime.now(UTC), path, **options))
    return call(cms_webhook.app.handler, "POST", path, headers, body, as_base64)


def send_article(article_id: str = "ferry", event_id: str = "msg_1", sent_at: datetime | None = None, **fields: object) -> Answer:
    """Sends an article in native JSON, with these fields replaced, to the source `desk` as a Standard Webhook."""
    body = as_body(native(article_id, **fields))
    return call(cms_webhook.app.handler, "POST", "/webhooks/desk", signed(body, event_id, sent_at), body)


def status(aws, article_id: str) -> str:
    return find_article(aws.bucket, article_id).article.status

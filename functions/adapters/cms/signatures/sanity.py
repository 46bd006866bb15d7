"""Verifies Sanity's `sanity-webhook-signature: t=<ms>,v1=<base64url>`, an HMAC-SHA256 over `t.body`.

https://github.com/sanity-io/webhook-toolkit/blob/main/src/signature.ts
"""

import base64
import re

from adapters.cms.signatures.scheme import (
    Credentials,
    SignedEvent,
    WebhookRequest,
    any_matches,
    header,
    read_timestamp,
    sha256_hmacs,
    to_utf8,
    wrong_signature,
)
from adapters.errors import SignatureInvalid

HEADER = "sanity-webhook-signature"
_SIGNATURE = re.compile(r"t=([0-9]{1,15})[, ]+v1=([A-Za-z0-9_-]{43})")  # 32 bytes without padding


def verify(request: WebhookRequest, credentials: Credentials) -> SignedEvent:
    match = _SIGNATURE.fullmatch(header(request, HEADER).strip())
    if match is None:
        raise SignatureInvalid(f"{HEADER}: expected 't=<milliseconds>,v1=<base64url of 32 bytes>', got something else")
    sent_at = read_timestamp(match[1], f"{HEADER}: t", request.received_at, per_second=1000)
    if not any_matches(
        [base64.urlsafe_b64decode(match[2] + "=")], sha256_hmacs(credentials, to_utf8(f"{match[1]}."), request.body)
    ):
        raise wrong_signature(HEADER)
    # Sanity signs no header. The worst that a forged value can do is to delete the signed document.
    return SignedEvent(match[1], sent_at, topic=request.headers.get("sanity-operation", ""))

"""Verifies Hygraph's `gcms-signature: sign=<base64>, env=<name>, t=<ms>`.

The signature covers a JSON object with the body as a string, the environment and the time.
https://hygraph.com/docs/api-reference/basics/webhooks · https://www.npmjs.com/package/@hygraph/utils
"""

import base64
import json
import re

from adapters.cms.signatures.scheme import (
    Credentials,
    SignedEvent,
    WebhookRequest,
    any_matches,
    header,
    read_timestamp,
    sha256_hmacs,
    wrong_signature,
)
from adapters.errors import SignatureInvalid

HEADER = "gcms-signature"
_SIGNATURE = re.compile(r"sign=([A-Za-z0-9+/]{43}=), env=([A-Za-z0-9._-]{1,100}), t=([0-9]{1,15})")


def verify(request: WebhookRequest, credentials: Credentials) -> SignedEvent:
    match = _SIGNATURE.fullmatch(header(request, HEADER))
    if match is None:
        raise SignatureInvalid(f"{HEADER}: expected 'sign=<base64>, env=<name>, t=<milliseconds>', got something else")
    sent_at = read_timestamp(match[3], f"{HEADER}: t", request.received_at, per_second=1000)
    # As JSON.stringify writes it. Bytes that are not UTF-8 stay as they are.
    signed = {"Body": request.body.decode("utf-8", "surrogateescape"), "EnvironmentName": match[2], "TimeStamp": int(match[3])}
    message = json.dumps(signed, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "surrogateescape")
    if not any_matches([base64.b64decode(match[1])], sha256_hmacs(credentials, message)):
        raise wrong_signature(HEADER)
    return SignedEvent(match[3], sent_at)

"""Verifies Contentful's signature: an HMAC-SHA256 over the method, the path, the signed headers and the body.

https://www.contentful.com/developers/docs/webhooks/request-verification/
https://github.com/contentful/node-apps-toolkit/blob/main/src/requests/sign-request.ts
"""

from urllib.parse import quote

from adapters.cms.signatures.scheme import (
    Credentials,
    SignedEvent,
    WebhookRequest,
    any_matches,
    header,
    plain_key,
    read_hex,
    read_timestamp,
    sha256_hmacs,
    to_utf8,
    wrong_signature,
)
from adapters.errors import SignatureInvalid
from storycard.errors import shown

SIGNATURE = "x-contentful-signature"
SIGNED_HEADERS = "x-contentful-signed-headers"
TIMESTAMP = "x-contentful-timestamp"
KEY_LENGTH = 64  # characters of every Contentful signing secret

# Characters that JavaScript's encodeURI and Node's querystring.escape keep, besides letters, digits and `_.-~`.
_URI = "!#$&'()*+,/:;=?@"
_QUERY = "!'()*"


def read_key(secret: str) -> bytes:
    """Returns the key. Raises ValueError unless the secret has the length of a Contentful signing secret."""
    if len(secret) != KEY_LENGTH:
        raise ValueError(f"expected {KEY_LENGTH} characters, got {len(secret)}")
    return plain_key(secret)


def verify(request: WebhookRequest, credentials: Credentials) -> SignedEvent:
    signature = read_hex(header(request, SIGNATURE))
    signed = {name.strip().lower() for name in header(request, SIGNED_HEADERS).split(",")}
    if not {SIGNED_HEADERS, TIMESTAMP} <= signed:
        raise SignatureInvalid(f"{SIGNED_HEADERS}: expected its own name and {TIMESTAMP}, got {shown(', '.join(signed))}")
    timestamp = header(request, TIMESTAMP)
    sent_at = read_timestamp(timestamp, TIMESTAMP, request.received_at, per_second=1000)
    headers = ";".join(f"{name}:{request.headers[name].strip()}" for name in sorted(signed) if name in request.headers)
    canonical = f"{request.method}\n{_encoded(request.path)}\n{headers}\n"
    if not any_matches([signature], sha256_hmacs(credentials, to_utf8(canonical), request.body)):
        raise wrong_signature(SIGNATURE)

    def signed_header(name: str) -> str:  # an unsigned header proves nothing
        return request.headers.get(name, "") if name in signed else ""

    return SignedEvent(
        id=signed_header("x-contentful-idempotency-key") or timestamp, sent_at=sent_at, topic=signed_header("x-contentful-topic")
    )


def _encoded(path: str) -> str:
    path, _, query = path.partition("?")
    query = query.partition("?")[0]  # like Contentful, which does not sign what follows a second question mark
    return quote(to_utf8(f"{path}?{quote(to_utf8(query), _QUERY)}" if query else path), _URI)

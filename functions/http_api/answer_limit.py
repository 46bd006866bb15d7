"""Keeps responses below what a Lambda function may return: larger ones are compressed, or refused with a problem."""

import base64
import gzip
import json

from aws_lambda_powertools.utilities.data_classes.common import BaseProxyEvent

from adapters.errors import AnswerTooLarge
from adapters.web.responses import HttpResponse
from http_api.cards.accept import accepts_gzip

# Of the whole answer in JSON: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
MAX_ANSWER = 6_291_556  # bytes
MAX_BODY = MAX_ANSWER - 16_384  # the rest is more than the status and all headers take
LONGEST_ESCAPE = 6  # bytes that JSON has for a character


def within_limit(response: HttpResponse, request: BaseProxyEvent) -> HttpResponse:
    """Returns the response, compressed if it is too large. Raises AnswerTooLarge if that does not help, or is not accepted.

    The ETag stays that of the stored object, which a client must name to replace it.
    """
    body = response.body or ""
    if LONGEST_ESCAPE * len(body) <= MAX_BODY or size_in_json(body) <= MAX_BODY:
        return response
    if not accepts_gzip(request.headers.get("accept-encoding") or ""):
        raise AnswerTooLarge(MAX_ANSWER)
    packed = gzip.compress(body if isinstance(body, bytes) else body.encode(), mtime=0)
    if size_in_json(packed) > MAX_BODY:
        raise AnswerTooLarge(MAX_ANSWER)
    # Powertools would serialise bytes of JSON again.
    response.body, response.base64_encoded = base64.b64encode(packed).decode(), True
    response.headers |= {"Content-Encoding": "gzip", "Content-Length": str(len(packed)), "Vary": "Accept-Encoding"}
    return response


def size_in_json(body: str | bytes) -> int:
    """Returns the size in bytes of a body in the function's answer: in base64 if it is binary, else as a string of JSON."""
    if isinstance(body, bytes):
        return (len(body) + 2) // 3 * 4
    return len(json.dumps(body, ensure_ascii=False).encode())

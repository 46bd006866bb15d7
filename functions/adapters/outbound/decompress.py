"""Reads a body, plain or gzip, up to a limit that holds before and after decompression."""

import zlib
from collections.abc import Callable
from http.client import HTTPException

CHUNK = 1 << 16  # bytes


class BodyRefused(HTTPException):
    """The body is too large, truncated, or in a coding that was not requested."""


def decompressed(read: Callable[[int], bytes], coding: str, limit: int) -> bytes:
    """Returns everything that `read` returns, at most `limit` bytes. Raises BodyRefused.

    `coding` is a Content-Encoding: empty, identity or gzip (RFC 9110, section 8.4.1).
    """
    coding = coding.strip().lower()
    if coding not in ("", "identity", "gzip", "x-gzip"):
        raise BodyRefused(f"expected no content coding or gzip, got {coding[:40]!r}")
    unpack = zlib.decompressobj(16 + zlib.MAX_WBITS) if "gzip" in coding else None
    body, received = bytearray(), 0
    while chunk := read(CHUNK):
        received += len(chunk)
        try:
            body += unpack.decompress(chunk, limit + 1 - len(body)) if unpack else chunk
        except zlib.error as error:
            raise BodyRefused(f"expected gzip, got {error}") from error
        if max(received, len(body)) > limit:
            raise BodyRefused(f"expected at most {limit:,} bytes, got more")
    if unpack and received and not unpack.eof:
        raise BodyRefused("expected a complete gzip stream, got a truncated one")
    return bytes(body)

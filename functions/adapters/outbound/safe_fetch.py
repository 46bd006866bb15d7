"""A URL that a stranger chose into the bytes behind it: never from our own network, never for long, never too many."""

import io
import socket
import ssl
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from http.client import HTTPConnection, HTTPException, HTTPResponse
from types import MappingProxyType
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from adapters.outbound.decompress import BodyRefused, decompressed
from adapters.outbound.public_addresses import HostRefused, resolve

REDIRECTS = frozenset({301, 302, 303, 307, 308})
MAX_REDIRECTS = 5
USER_AGENT = "storycard"
RESERVED = "%:/?#[]@!$&'()*+,;=~"  # RFC 3986, section 2.2: a CMS's spaces and letters of any script are escaped, no more
PORTS = MappingProxyType({"https": 443, "http": 80})


class FetchFailed(Exception):
    """What a URL led to is refused, came too slowly, or is too much; the message is for the operator's log."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a fetch may do.

    `hosts` are the names allowed, with `:port` where that is not the scheme's own; None allows every public host. `same_host`
    refuses redirects to another. `local` allows http, any port and any address, for tests and the system on one machine.
    """

    max_bytes: int
    seconds: float = 5.0
    hosts: frozenset[str] | None = None
    same_host: bool = False
    local: bool = False


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer, its body without content coding; header names are in lower case."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


def fetch_url(url: str, rules: Rules, headers: Mapping[str, str] = MappingProxyType({})) -> Fetched:
    """GET, redirects followed; `headers` go to the first URL's origin alone. Raises FetchFailed."""
    deadline = time.monotonic() + rules.seconds
    first = target = _check_url(url, rules)
    for _ in range(MAX_REDIRECTS + 1):
        own = headers if _origin(target) == _origin(first) else {}
        answer = _exchange("GET", target, None, {"Accept-Encoding": "gzip", **own}, rules, deadline)
        location = answer.headers.get("location")
        if answer.status not in REDIRECTS or not location:
            return answer
        target = _check_url(urljoin(target.geturl(), location), rules)
        if rules.same_host and _origin(target) != _origin(first):
            raise FetchFailed(f"{first.hostname}: expected no redirect to another host, got one to {target.netloc[:80]}")
    raise FetchFailed(f"{first.hostname}: expected at most {MAX_REDIRECTS} redirects, got more")


def post_url(url: str, body: bytes, rules: Rules, headers: Mapping[str, str]) -> Fetched:
    """POST; a redirect is an answer like any other, since nobody agreed to send the body elsewhere. Raises FetchFailed."""
    return _exchange("POST", _check_url(url, rules), body, headers, rules, time.monotonic() + rules.seconds)


def _check_url(url: str, rules: Rules) -> SplitResult:
    """The URL's parts. Raises FetchFailed for what is refused before anything is looked up."""
    schemes = ("https", "http") if rules.local else ("https",)
    try:
        parts = urlsplit(quote(url, safe=RESERVED))
        port, host = parts.port, parts.hostname
    except ValueError as error:
        raise FetchFailed(f"expected a URL, got {url[:80]!r}") from error
    if parts.scheme not in schemes or not host:
        raise FetchFailed(f"expected a URL with {' or '.join(schemes)}, got {url[:80]!r}")
    if parts.username is not None or parts.password is not None:
        raise FetchFailed(f"{host}: expected a URL without a user's name, got one with it")
    usual = port is None or port == PORTS[parts.scheme]
    name = host if usual else f"{host}:{port}"
    if rules.hosts is not None and name not in rules.hosts:
        raise FetchFailed(f"{name}: expected one of {', '.join(sorted(rules.hosts))}")
    if rules.hosts is None and not usual and not rules.local:
        raise FetchFailed(f"{name}: expected port {PORTS[parts.scheme]}")
    return parts


def _origin(parts: SplitResult) -> str:
    return f"{parts.scheme}://{parts.hostname}:{parts.port or PORTS[parts.scheme]}"


def _exchange(
    method: str, target: SplitResult, body: bytes | None, headers: Mapping[str, str], rules: Rules, deadline: float
) -> Fetched:
    connection = HTTPConnection(target.hostname, target.port or PORTS[target.scheme])
    path = (target.path or "/") + (f"?{target.query}" if target.query else "")
    fields = {"Host": target.netloc, "User-Agent": USER_AGENT, "Connection": "close", **headers}
    try:
        with closing(_connect(target, rules, deadline)) as connected:
            connection.sock = _TimedSocket(connected, deadline)
            connection.request(method, path, body, fields)
            with connection.getresponse() as response:
                return Fetched(target.geturl(), response.status, _fields(response), _body(response, rules.max_bytes))
    except (OSError, HTTPException, HostRefused) as error:  # OSError has TLS's and time's errors under it
        reason = str(error) or type(error).__name__
        raise FetchFailed(f"{target.hostname}: {reason}") from error


def _connect(target: SplitResult, rules: Rules, deadline: float) -> socket.socket:
    """A connection to an address that was checked: no second look-up can lead elsewhere (DNS rebinding)."""
    port = target.port or PORTS[target.scheme]
    refusal: OSError | None = None
    for address in resolve(target.hostname, port, seconds=_seconds_left(deadline), private=rules.local):
        plain = socket.socket(address.family, socket.SOCK_STREAM)
        try:
            plain.settimeout(_seconds_left(deadline))
            plain.connect((address.text, port))
            return plain if target.scheme == "http" else _tls().wrap_socket(plain, server_hostname=target.hostname)
        except OSError as error:
            plain.close()
            refusal = error
    raise refusal


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def _seconds_left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("took longer than its time limit")
    return left


class _TimedSocket(io.RawIOBase):
    """What HTTPConnection needs of a socket, with one deadline: a socket's own limit starts anew with each byte that drips in.

    Whoever opened the socket closes it: HTTPConnection would do so before the body is read.
    """

    def __init__(self, connected: socket.socket, deadline: float) -> None:
        self._socket = connected
        self._deadline = deadline

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_TimedSocket(self._socket, self._deadline))

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:
        self._socket.settimeout(_seconds_left(self._deadline))
        return self._socket.recv_into(buffer)

    def sendall(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            self._socket.settimeout(_seconds_left(self._deadline))
            rest = rest[self._socket.send(rest) :]


def _fields(response: HTTPResponse) -> Mapping[str, str]:
    return MappingProxyType({name.lower(): value for name, value in response.getheaders()})


def _body(response: HTTPResponse, limit: int) -> bytes:
    body = decompressed(response.read, response.headers.get("content-encoding", ""), limit)
    if response.length:  # nothing else says so
        raise BodyRefused(f"expected {response.length:,} bytes more, got the end of the connection")
    return body

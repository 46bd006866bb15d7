"""Fetches URLs that third parties chose: from public addresses only, with a deadline and a size limit."""

import io
import socket
import ssl
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import cache
from http.client import BadStatusLine, HTTPConnection, HTTPException, HTTPResponse, UnknownProtocol
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from adapters.outbound.decompress import BodyRefused, decompressed
from adapters.outbound.public_addresses import HostRefused, resolve
from storycard.errors import shown

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

REDIRECTS = frozenset({301, 302, 303, 307, 308})
MAX_REDIRECTS = 5
USER_AGENT = "storycard"
RESERVED = "%:/?#[]@!$&'()*+,;=~"  # RFC 3986, 2.2: only spaces and non-ASCII letters are escaped
PORTS = MappingProxyType({"https": 443, "http": 80})


class FetchFailed(Exception):
    """The URL is refused, or its response is too slow or too large. The message is for the operator's log."""


class ServerDown(FetchFailed):
    """The server is unreachable, too slow or overloaded, so that other requests would fail as well."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The limits of a fetch.

    `hosts` are the allowed names, with `:port` unless it is the scheme's default; None allows every public host. `same_host`
    refuses redirects to another host. `local` allows http, any port and any address, for tests and the local stack.
    """

    max_bytes: int
    seconds: float = 5.0
    hosts: frozenset[str] | None = None
    same_host: bool = False
    local: bool = False


@dataclass(frozen=True, slots=True)
class Fetched:
    """A response: its body is decoded, and header names are in lower case."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    is_redirected: bool = False


def fetch_url(url: str, rules: Rules, headers: Mapping[str, str] = MappingProxyType({})) -> Fetched:
    """Sends a GET and follows redirects; `headers` are sent to the first URL's origin only. Raises FetchFailed."""
    deadline = time.monotonic() + rules.seconds
    first = target = _check_url(url, rules)
    for _ in range(MAX_REDIRECTS + 1):
        own = headers if _origin(target) == _origin(first) else {}
        answer = _exchange("GET", target, None, {"Accept-Encoding": "gzip", **own}, rules, deadline)
        location = answer.headers.get("location")
        if answer.status not in REDIRECTS or not location:
            return replace(answer, is_redirected=target is not first)
        target = _check_url(_joined(target, location), rules)
        if rules.same_host and _origin(target) != _origin(first):
            raise FetchFailed(f"{first.hostname}: expected no redirect to another host, got one to {target.netloc[:80]}")
    raise FetchFailed(f"{first.hostname}: expected at most {MAX_REDIRECTS} redirects, got more")


def post_url(url: str, body: bytes, rules: Rules, headers: Mapping[str, str]) -> Fetched:
    """Sends a POST. Returns a redirect instead of following it: the body is meant for this receiver only. Raises FetchFailed."""
    return _exchange("POST", _check_url(url, rules), body, headers, rules, time.monotonic() + rules.seconds)


def _joined(target: SplitResult, location: str) -> str:
    try:
        return urljoin(target.geturl(), location)
    except ValueError as error:
        raise FetchFailed(f"{target.hostname}: expected a redirect to a URL, got one that cannot be read") from error


def _check_url(url: str, rules: Rules) -> SplitResult:
    """Splits the URL. Raises FetchFailed if the rules refuse it, before any name is resolved."""
    schemes = ("https", "http") if rules.local else ("https",)
    try:
        parts = urlsplit(quote(url, safe=RESERVED))
        port, host = parts.port, parts.hostname
    except ValueError as error:
        raise FetchFailed("expected a URL, got one that cannot be read") from error
    if parts.scheme not in schemes or not host:  # the path of a receiver is a secret
        raise FetchFailed(f"expected a URL with {' or '.join(schemes)}, got {parts.scheme[:20]}://{(host or '')[:80]}")
    if parts.username is not None or parts.password is not None:
        raise FetchFailed(f"{host}: expected a URL without a user name, got one with it")
    usual = port is None or port == PORTS[parts.scheme]
    name = host if usual else f"{host}:{port}"
    if rules.hosts is not None and name not in rules.hosts:
        raise FetchFailed(f"{name}: expected a host of {', '.join(sorted(rules.hosts))}, got another")
    if rules.hosts is None and not usual and not rules.local:
        raise FetchFailed(f"{host}: expected port {PORTS[parts.scheme]}, got {port}")
    return parts


def _origin(parts: SplitResult) -> str:
    return f"{parts.scheme}://{parts.hostname}:{parts.port or PORTS[parts.scheme]}"


def _exchange(
    method: str, target: SplitResult, body: bytes | None, headers: Mapping[str, str], rules: Rules, deadline: float
) -> Fetched:
    connection = HTTPConnection(_host(target), target.port or PORTS[target.scheme])
    path = (target.path or "/") + (f"?{target.query}" if target.query else "")
    fields = {"Host": target.netloc, "User-Agent": USER_AGENT, "Connection": "close", **headers}
    try:
        with closing(_connect(target, rules, deadline)) as connected:
            connection.sock = _LimitedSocket(connected, deadline, _most_received(rules.max_bytes))
            connection.request(method, path, body, fields)
            with connection.getresponse() as response:
                return Fetched(target.geturl(), response.status, _fields(response), _body(response, rules.max_bytes))
    except (OSError, HTTPException, HostRefused, ValueError) as error:  # OSError includes TLS errors and timeouts
        kind = ServerDown if isinstance(error, (OSError, HostRefused)) else FetchFailed
        reason = str(error) or type(error).__name__
        if kind is FetchFailed and isinstance(error, (BadStatusLine, UnknownProtocol)):  # their text is the server's, up to 64 KB
            reason = f"expected an answer in HTTP/1, got {shown(reason)}"
        raise kind(f"{target.hostname}: {reason}") from error


def _connect(target: SplitResult, rules: Rules, deadline: float) -> socket.socket:
    """Connects to an address that was checked; resolving the name again would allow DNS rebinding."""
    port = target.port or PORTS[target.scheme]
    failure: OSError = OSError("no address accepts connections")
    for address in resolve(_host(target), port, seconds=_seconds_left(deadline), private=rules.local):
        plain = socket.socket(address.family, socket.SOCK_STREAM)
        try:
            plain.settimeout(_seconds_left(deadline))
            plain.connect((address.text, port))
            return plain if target.scheme == "http" else _tls().wrap_socket(plain, server_hostname=target.hostname)
        except OSError as error:
            plain.close()
            failure = error
    raise failure


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def _host(target: SplitResult) -> str:
    return target.hostname or ""  # `_check_url` refuses URLs without a host


def _seconds_left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("expected an answer within the time limit, got none")
    return left


def _most_received(max_bytes: int) -> int:
    """Returns the limit in bytes of a whole response: a body of `max_bytes`, its chunk sizes and its header."""
    return max_bytes + max_bytes // 4 + 1_000_000


class _LimitedSocket(io.RawIOBase):
    """The part of a socket that HTTPConnection uses, with one deadline and one limit of bytes.

    A socket's own timeout restarts with each byte received. http.client reads without a limit if a chunk's size is -1. It does
    not close the socket: HTTPConnection would close it before the body is read.
    """

    def __init__(self, connected: socket.socket, deadline: float, limit: int) -> None:
        self._socket = connected
        self._deadline = deadline
        self._limit = self._left = limit

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_LimitedSocket(self._socket, self._deadline, self._left))

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        self._socket.settimeout(_seconds_left(self._deadline))
        received = self._socket.recv_into(buffer)
        self._left -= received
        if self._left < 0:
            raise BodyRefused(f"expected at most {self._limit:,} bytes with header and chunk sizes, got more")
        return received

    def sendall(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            self._socket.settimeout(_seconds_left(self._deadline))
            rest = rest[self._socket.send(rest) :]


def _fields(response: HTTPResponse) -> Mapping[str, str]:
    return MappingProxyType({name.lower(): value for name, value in response.getheaders()})


def _body(response: HTTPResponse, limit: int) -> bytes:
    body = decompressed(response.read, response.headers.get("content-encoding", ""), limit)
    if response.length:  # http.client does not raise if the connection ends early
        raise BodyRefused(f"expected {response.length:,} bytes more, got the end of the connection")
    return body

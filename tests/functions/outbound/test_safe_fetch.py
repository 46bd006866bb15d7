"""Tests the limits of outgoing requests: size, deadline, redirects, addresses and certificates."""

import datetime
import gzip
import socket
import ssl
import time
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from adapters.outbound import safe_fetch
from adapters.outbound.safe_fetch import FetchFailed, Rules, fetch_url, post_url
from support.web_server import endless, gzip_bomb, page, raw, web_server

LOCAL = Rules(max_bytes=10_000, seconds=20, local=True)  # generous: no test here waits for it


@pytest.fixture
def site():
    with web_server() as running:
        yield running


def test_returns_status_headers_and_body(site):
    site.pages["/a?b=%C3%A5"] = page(b"hello", X_Kind="greeting")
    answer = fetch_url(f"{site.base_url}/a?b=å", LOCAL, {"Authorization": "Ghost key"})
    assert (answer.status, answer.body, answer.headers["x-kind"]) == (200, b"hello", "greeting")
    [request] = site.requests
    assert (request.method, request.headers["authorization"]) == ("GET", "Ghost key")
    assert request.headers["host"] == site.base_url.removeprefix("http://")


def test_decompresses_gzip(site):
    site.pages["/"] = page(gzip.compress(b"hello"), Content_Encoding="gzip")
    assert fetch_url(site.base_url, LOCAL).body == b"hello"


def test_returns_error_statuses(site):
    assert fetch_url(f"{site.base_url}/none", LOCAL).status == 404


def test_post_sends_its_body_and_follows_no_redirect(site):
    site.pages["/hook"] = page(b"", 307, Location="/elsewhere")
    answer = post_url(f"{site.base_url}/hook", b"{}", LOCAL, {"Content-Type": "application/json"})
    assert answer.status == 307
    assert [(request.method, request.path, request.body) for request in site.requests] == [("POST", "/hook", b"{}")]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (endless(b"x" * 4096), "expected at most 10,000 bytes"),
        (page(b"x" * 10_001), "expected at most 10,000 bytes"),
        (page(gzip_bomb(50_000_000), Content_Encoding="gzip"), "expected at most 10,000 bytes"),
        (page(gzip_bomb(5_000_000)[:4000], Content_Encoding="gzip"), "expected at most 10,000 bytes"),
        (page(gzip.compress(b"hello")[:-4], Content_Encoding="gzip"), "a truncated one"),
        (page(b"hello", Content_Encoding="gzip"), "expected gzip"),
        (page(b"hello", Content_Encoding="br"), "expected no content coding or gzip"),
        (raw(b"junk" * 1000 + b"\r\n\r\n"), "expected an answer in HTTP/1, got 'junk.{,90}$"),
        (raw(b"HTTP/" + b"9" * 1000 + b" 200 OK\r\n\r\n"), "expected an answer in HTTP/1, got 'HTTP/9.{,90}$"),
        (endless(b"junk", head=b""), "expected an answer in HTTP/1|got more than|line"),
        (endless(b"x-a: b\r\n", head=b"HTTP/1.1 200 OK\r\n"), "got more than 100 headers"),
    ],
)
def test_refuses_oversized_and_malformed_bodies(site, answer, reason):
    site.pages["/"] = answer
    with pytest.raises(FetchFailed, match=reason):
        fetch_url(site.base_url, LOCAL)


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
REDIRECT = b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: "


@pytest.mark.parametrize(
    "answer",
    [
        raw(CHUNKED + b"-5\r\nhello\r\n0\r\n\r\n"),
        raw(CHUNKED + b"-1\r\nhello\r\n0\r\n\r\n"),
        raw(CHUNKED + b"zz\r\nhello\r\n"),
        raw(CHUNKED + b"\xff\xfe\r\nhello\r\n"),
        raw(CHUNKED + b"5\r\nhel"),
        raw(CHUNKED + b"ffffffffffffffffffff\r\nhello\r\n"),
        raw(CHUNKED),
        raw(REDIRECT + b"https://[\r\n\r\n"),
        raw(REDIRECT + b"//[::1\r\n\r\n"),
        raw(REDIRECT + b"http://x:port/\r\n\r\n"),
        raw(REDIRECT + b"http://x:99999/\r\n\r\n"),
        raw(REDIRECT + b"http://.cms.example/\r\n\r\n"),
        raw(REDIRECT + b"http://" + b"a" * 70 + b".example/\r\n\r\n"),
        raw(REDIRECT + b"http://xn--\xff.example/\r\n\r\n"),
        raw(b"HTTP/1.1 -200 OK\r\n\r\n"),
        raw(b"HTTP/1.1 2oo OK\r\n\r\n"),
        raw(b"HTTP/9.9\r\n\r\n"),
        raw(b"\r\n\r\n"),
        raw(b"\0" * 100),
        raw(b""),
        raw(b"HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\nhello"),
        raw(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello"),
    ],
)
def test_a_malformed_answer_is_a_failed_fetch(site, answer):
    site.pages["/"] = answer
    with pytest.raises(FetchFailed):
        fetch_url(site.base_url, LOCAL)


def test_a_negative_chunk_size_does_not_lift_the_limit(site):
    site.pages["/"] = endless(b"x" * 65_536, head=CHUNKED + b"-1\r\n")
    with pytest.raises(FetchFailed, match=r"expected at most [\d,]+ bytes with header and chunk sizes, got more"):
        fetch_url(site.base_url, LOCAL)


def test_refuses_a_truncated_body(site):
    site.pages["/"] = page(b"hello", Content_Length="9")
    with pytest.raises(FetchFailed, match="4 bytes more"):
        fetch_url(site.base_url, Rules(max_bytes=100, seconds=0.5, local=True))


@pytest.mark.parametrize(
    "answer",
    [
        endless(b"x", pause=0.02),
        endless(b"x", pause=0.02, head=b"HTTP/1.1 200 OK\r\nx-slow: "),
        page(b"late", delay=1),
    ],
)
def test_the_deadline_covers_a_slow_response(site, answer):
    site.pages["/"] = answer
    started = time.monotonic()
    with pytest.raises(FetchFailed, match="time"):
        fetch_url(site.base_url, Rules(max_bytes=10_000, seconds=0.3, local=True))
    assert time.monotonic() - started < 3  # it would drip for ever


def test_redirects_share_one_deadline_and_are_limited(site):
    site.pages["/"] = page(b"", 302, Location="/")
    with pytest.raises(FetchFailed, match="at most 5 redirects"):
        fetch_url(site.base_url, LOCAL)
    assert len(site.requests) == 6
    site.pages["/"] = page(b"", 302, delay=0.2, Location="/")
    with pytest.raises(FetchFailed, match="time"):
        fetch_url(site.base_url, Rules(max_bytes=1, seconds=0.3, local=True))


def test_drops_headers_on_a_redirect_to_another_origin(site):
    with web_server() as other:
        other.pages["/photo"] = page(b"photo")
        site.pages["/"] = page(b"", 301, Location=f"{other.base_url}/photo")
        assert fetch_url(site.base_url, LOCAL, {"Authorization": "secret"}).body == b"photo"
        assert "authorization" in site.requests[0].headers
        assert "authorization" not in other.requests[0].headers


def test_same_host_refuses_a_redirect_to_another_host(site):
    with web_server() as other:
        site.pages["/"] = page(b"", 301, Location=f"{other.base_url}/")
        with pytest.raises(FetchFailed, match="no redirect to another host"):
            fetch_url(site.base_url, Rules(max_bytes=100, local=True, same_host=True))
        assert other.requests == []


class OneServer:
    """A resolver that makes one host public, although its connections end here; other hosts resolve to themselves."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.hosts: list[str] = []
        self.connect = socket.socket.connect

    def resolve(self, host, port, **options):
        self.hosts.append(host)
        address = "1.1.1.1" if host == "cms.example" else host
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]


@pytest.mark.parametrize(
    "location",
    [
        "https://169.254.169.254/latest/meta-data/",
        "https://127.0.0.1/",
        "https://[::ffff:169.254.169.254]/",
        "https://user@cms.example/",
    ],
)
def test_refuses_a_redirect_to_a_private_address(location, tls_site):
    tls_site.location = location
    with pytest.raises(FetchFailed, match=r"public address|user name"):
        fetch_url("https://cms.example/", Rules(max_bytes=100))


@pytest.mark.parametrize(
    "location", ["http://cms.example/", "ftp://cms.example/", "file:///etc/passwd", "https://cms.example:8443/"]
)
def test_refuses_a_redirect_to_http(location, tls_site):
    tls_site.location = location
    with pytest.raises(FetchFailed, match=r"expected a URL with https|expected port 443"):
        fetch_url("https://cms.example/", Rules(max_bytes=100))


def test_connects_to_the_address_that_was_checked(tls_site):
    assert fetch_url("https://cms.example/", Rules(max_bytes=100)).body == b"hello"
    assert tls_site.resolver.hosts == ["cms.example"]  # once: a second answer could be another one
    assert tls_site.connected == [("1.1.1.1", 443)]


def test_refuses_a_certificate_of_another_name_or_issuer(tls_site, monkeypatch):
    with pytest.raises(FetchFailed, match="CERTIFICATE_VERIFY_FAILED"):
        fetch_url("https://1.1.1.1/", Rules(max_bytes=100))
    monkeypatch.setattr(safe_fetch, "_tls", ssl.create_default_context)
    with pytest.raises(FetchFailed, match="CERTIFICATE_VERIFY_FAILED"):
        fetch_url("https://cms.example/", Rules(max_bytes=100))


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://cms.example/", "expected a URL with https"),
        ("file:///etc/passwd", "expected a URL with https"),
        ("https://", "expected a URL"),
        ("https://[::1/", "expected a URL"),
        ("https://cms.example:99999/", "expected a URL"),
        ("https://admin:pw@cms.example/", "without a user name"),
        ("https://other.example/", "expected a host of cms.example, got another"),
        ("https://cms.example:8443/", "expected a host of cms.example, got another"),
        ("https://cms.example.evil.example/", "expected a host of cms.example, got another"),
    ],
)
def test_refuses_urls_before_resolving_them(url, reason, monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", None)
    with pytest.raises(FetchFailed, match=reason):
        fetch_url(url, Rules(max_bytes=1, hosts=frozenset({"cms.example"})))


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example/services/T0/secret",
        "hooks.example/services/T0/secret",
        "//hooks.example/services/T0/secret",
        "https:///services/T0/secret",
        "https://[hooks.example/services/T0/secret",
        "https://hooks.example:99999/services/T0/secret",
        "https://me:secret@hooks.example/services/T0/secret",
        "ftp://me:secret@hooks.example/services/T0/secret?secret#secret",
    ],
)
def test_the_secret_path_of_a_receiver_is_in_no_error(url):
    with pytest.raises(FetchFailed) as caught:
        post_url(url, b"", Rules(max_bytes=1), {})
    assert "secret" not in str(caught.value)


def test_the_address_of_a_malformed_redirect_is_in_no_error(site):
    site.pages["/"] = raw(REDIRECT + b"//[secret/secret\r\n\r\n")
    with pytest.raises(FetchFailed, match="expected a redirect to a URL") as caught:
        fetch_url(site.base_url, LOCAL)
    assert "secret" not in str(caught.value)


def test_local_addresses_must_be_allowed(site):
    with pytest.raises(FetchFailed, match="expected a URL with https"):
        fetch_url(site.base_url, Rules(max_bytes=1))
    with pytest.raises(FetchFailed, match="public address"):
        fetch_url("https://localhost/", Rules(max_bytes=1))


class TlsSite:
    """cms.example, which resolves to a public address but whose connections end at a local TLS server."""

    def __init__(self, resolver: OneServer) -> None:
        self.resolver = resolver
        self.location = ""
        self.connected: list[tuple] = []


@pytest.fixture
def tls_site(monkeypatch, tmp_path):
    key, certificate = self_signed("cms.example")
    (tmp_path / "key.pem").write_bytes(key)
    (tmp_path / "certificate.pem").write_bytes(certificate)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "certificate.pem", tmp_path / "key.pem")
    listener = socket.create_server(("127.0.0.1", 0))
    site = TlsSite(OneServer(listener.getsockname()[1]))

    def serve() -> None:
        while True:
            try:
                plain, _ = listener.accept()
            except OSError:
                return
            with plain:
                try:
                    with context.wrap_socket(plain, server_side=True) as connection:
                        connection.recv(4096)
                        head = f"302 Found\r\nLocation: {site.location}" if site.location else "200 OK"
                        connection.sendall(f"HTTP/1.1 {head}\r\nContent-Length: 5\r\n\r\nhello".encode())
                except OSError:
                    pass  # the client did not trust us

    def connect(self, address):
        site.connected.append(address)
        return site.resolver.connect(self, listener.getsockname())

    monkeypatch.setattr(socket, "getaddrinfo", site.resolver.resolve)
    monkeypatch.setattr(socket.socket, "connect", connect)
    trusting = ssl.create_default_context(cadata=certificate.decode())
    monkeypatch.setattr(safe_fetch, "_tls", lambda: trusting)
    thread = Thread(target=serve)
    thread.start()
    yield site
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    thread.join()


def self_signed(name: str) -> tuple[bytes, bytes]:
    """Returns a private key and a certificate for `name`, in PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return private, certificate.public_bytes(pem)

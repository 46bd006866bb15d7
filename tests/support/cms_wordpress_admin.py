"""Clicks through the administration of WordPress over HTTP, as a person does in a browser: forms with their nonces, and links."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, ProxyHandler, Request, build_opener

from selectolax.lexbor import LexborHTMLParser, LexborNode

from support.cms_wordpress import PASSWORD, USER

Values = Mapping[str, str | list[str] | Path]


@dataclass(frozen=True)
class Page:
    """A page that the browser shows."""

    url: str
    html: str

    @property
    def tree(self) -> LexborHTMLParser:
        return LexborHTMLParser(self.html)

    def notices(self) -> list[str]:
        """Returns the texts of WordPress's notices."""
        return [node.text(strip=True) for node in self.tree.css(".notice")]


class Admin:
    """A browser that is signed in as the site's administrator."""

    def __init__(self, base_url: str) -> None:
        self._opener = build_opener(ProxyHandler({}), HTTPCookieProcessor(CookieJar()))
        self._base_url = base_url
        login = self.open("/wp-login.php")
        page = self.submit(login, "#loginform", {"log": USER, "pwd": PASSWORD})
        assert "/wp-admin/" in page.url, page.html

    def open(self, address: str) -> Page:
        """Opens an address, absolute or on the site."""
        return self._load(Request(urljoin(self._base_url, address)))

    def click(self, page: Page, selector: str) -> Page:
        """Follows a link."""
        node = page.tree.css_first(selector)
        assert node is not None, f"expected {selector} on {page.url}"
        return self.open(urljoin(page.url, node.attributes["href"] or ""))

    def submit(self, page: Page, selector: str, values: Values | None = None) -> Page:
        """Fills a form in and submits it. A Path uploads a file; a list checks the boxes of these values."""
        form = page.tree.css_first(selector)
        assert form is not None, f"expected the form {selector} on {page.url}"
        unknown = set(values or {}) - {name for node in form.css("[name]") if (name := node.attributes["name"])}
        assert not unknown, f"{page.url}: no fields {unknown}"
        fields = [*_prefilled(form, values or {}), *_chosen(values or {})]
        body, kind = _multipart(fields) if any(isinstance(value, Path) for _, value in fields) else _urlencoded(fields)
        action = urljoin(page.url, form.attributes.get("action") or page.url)
        return self._load(Request(action, body, {"content-type": kind}))

    def _load(self, request: Request) -> Page:
        with self._opener.open(request, timeout=60) as answer:
            return Page(answer.url, answer.read().decode())


def _prefilled(form: LexborNode, changed: Values) -> list[tuple[str, str | Path]]:
    """Returns the fields that a browser would send without a change of them."""
    fields: list[tuple[str, str | Path]] = []
    for node in form.css("input[name], button[name]"):
        given = node.attributes
        name, kind = given["name"] or "", given.get("type") or "text"
        is_sent = kind not in ("checkbox", "radio") or "checked" in given
        if name not in changed and is_sent and kind not in ("file", "button"):
            fields.append((name, given.get("value") or ""))
    return fields


def _chosen(values: Values) -> list[tuple[str, str | Path]]:
    return [(name, each) for name, value in values.items() for each in (value if isinstance(value, list) else [value])]


def _urlencoded(fields: list[tuple[str, str | Path]]) -> tuple[bytes, str]:
    return urlencode(fields).encode(), "application/x-www-form-urlencoded"


def _multipart(fields: list[tuple[str, str | Path]]) -> tuple[bytes, str]:
    boundary = secrets.token_hex(16)
    body = b""
    for name, value in fields:
        file = f'; filename="{value.name}"\r\ncontent-type: application/zip' if isinstance(value, Path) else ""
        data = value.read_bytes() if isinstance(value, Path) else value.encode()
        body += f'--{boundary}\r\ncontent-disposition: form-data; name="{name}"{file}\r\n\r\n'.encode() + data + b"\r\n"
    return body + f"--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"


def install_plugin(admin: Admin, package: Path) -> None:
    """Uploads the zip under Plugins, Add New, Upload Plugin, and activates it."""
    form = admin.open("/wp-admin/plugin-install.php?tab=upload")
    done = admin.submit(form, "form.wp-upload-form", {"pluginzip": package})
    plugins = admin.click(done, "a[href*='action=activate']")
    assert plugins.tree.css_first("tr.active[data-slug=storycard]"), plugins.notices()


def set_up(admin: Admin, **values: str | list[str]) -> Page:
    """Fills in the page Settings, Storycard, and saves it. Returns the page that then comes."""
    page = admin.open("/wp-admin/options-general.php?page=storycard")
    names = {name: "storycard_secret" if name == "secret" else f"storycard[{name}]" for name in values}
    lists = {name: f"{names[name]}[]" if isinstance(value, list) else names[name] for name, value in values.items()}
    return admin.submit(page, "form[action='options.php']", {lists[name]: value for name, value in values.items()})


def connect(base_url: str, package: Path, webhook: str, secret: str) -> None:
    """Installs the plugin and fills its settings in."""
    admin = Admin(base_url)
    install_plugin(admin, package)
    saved = set_up(admin, url=webhook, secret=secret)
    assert "Connected: Storycard takes the events of this site." in saved.notices(), saved.notices()

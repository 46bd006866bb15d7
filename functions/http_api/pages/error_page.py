"""Answers failed requests for share pages with an HTML page, since people follow links to them."""

from functools import cache
from html import escape
from pathlib import Path
from string import Template

from aws_lambda_powertools.utilities.data_classes.common import BaseProxyEvent

from adapters.config.settings import Settings
from adapters.web.responses import COMMON_HEADERS, HttpResponse
from http_api.pages.share_page import page_style, security_policy
from publishing.cards.render_job import assets_in

_GONE = ("This story was withdrawn", "It is no longer published.")
_UNKNOWN = ("There is no such story here", "The link may be mistyped, or the story is not published.")
_FAULT = ("This page cannot be shown just now", "Please try again in a minute.")


def error_page(settings: Settings, status: int, request: BaseProxyEvent) -> HttpResponse | None:
    """Returns the page for the status; None if the request is not for a share page, or accepts JSON only."""
    accept = request.headers.get("accept") or ""
    if not request.path.startswith("/share/") or ("json" in accept and "text/html" not in accept):
        return None
    title, advice = _FAULT if status >= 500 else _GONE if status == 410 else _UNKNOWN
    brand = assets_in(settings).brand("")  # the default: an article's own brand would reveal that it exists
    site = escape(brand.title)
    html = _template().substitute(
        title=title,
        advice=advice,
        style=page_style(),
        site=f'<a href="https://{escape(brand.site)}/">{site}</a>' if brand.site else site,
    )
    headers = COMMON_HEADERS | {
        "Cache-Control": "no-store",
        "Content-Length": str(len(html.encode())),
        "Content-Security-Policy": security_policy(),
        "Vary": "Accept",
    }
    return HttpResponse(status, "text/html; charset=utf-8", "" if request.http_method == "HEAD" else html, headers)


@cache
def _template() -> Template:
    return Template(Path(__file__).with_name("error_page.html").read_text("utf-8"))

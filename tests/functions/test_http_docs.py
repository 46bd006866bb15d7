"""The table of docs/http.md is made by asking: what stands there is what is answered."""

import os
import re
from datetime import UTC, datetime
from pathlib import Path

from lambda_events import as_body, call, native

from adapters.storage.article_store import put_if_newer
from http_api.app import handler
from storycard.ingest import read_article

PAGE = Path(__file__).parents[2] / "docs" / "http.md"
BEGIN, END = "<!-- made by tests/functions/test_http_docs.py -->\n", "<!-- end -->\n"
CHANGING = {"etag": '"..."', "last-modified": "...", "content-length": "..."}
BROWSER = {"accept": "image/avif,image/webp,image/*,*/*;q=0.8"}
ASKED = [
    ("GET", "/cards/ferry/headline/og.png", {}),
    ("HEAD", "/cards/ferry/headline/og.png", {}),
    ("GET", "/cards/ferry/headline/og.png", {"if-none-match": "*"}),
    ("GET", "/cards/ferry/{version}/headline/og.png", {}),
    ("GET", "/cards/ferry/headline/og", BROWSER),
    ("GET", "/cards/ferry/headline/og", {}),
    ("GET", "/cards/ferry", {}),
    ("GET", "/share/ferry", {}),
    ("GET", "/cards/nobody/headline/og.png", {}),
    ("GET", "/cards/nobody/headline/og.png", {"accept": "application/json"}),
    ("POST", "/cards/ferry/headline/og.png", {}),
    ("GET", "/articles/ferry", {}),
]


def described(method: str, path: str, headers: dict[str, str], version: str) -> str:
    answer = call(handler, method, path.format(version=version), headers)
    sent = "".join(f"{name}: {value}\n" for name, value in headers.items())
    fields = "".join(f"{name}: {CHANGING.get(name, value)}\n" for name, value in sorted(answer.headers.items()))
    fields = re.sub(r"sha256-[^']+", "sha256-...", fields)
    return f"```http\n{method} {path.format(version='{version}')}\n{sent}\n{answer.status}\n{fields}```\n"


def test_the_page_says_what_is_answered(aws):
    source = as_body(native("ferry"))
    put_if_newer(aws.bucket, read_article(source, "native"), source, datetime(2026, 3, 1, 12, tzinfo=UTC))
    version = call(handler, "GET", "/cards/ferry").json["version"]
    made = "\n".join(described(*asked, version) for asked in ASKED)
    page = PAGE.read_text("utf-8")
    before, _, rest = page.partition(BEGIN)
    after = rest.partition(END)[2]
    if os.environ.get("UPDATE_DOCS"):
        page = before + BEGIN + "\n" + made + "\n" + END + after
        PAGE.write_text(page, "utf-8")
    assert page == before + BEGIN + "\n" + made + "\n" + END + after, "run UPDATE_DOCS=1 pytest tests/functions/test_http_docs.py"

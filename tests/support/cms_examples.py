"""Reads the examples of tests/functions/cms_webhook/examples, sends them as their CMS does, and tabulates what they test."""

import json
import re
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import cms_webhook.app
from adapters.config.feed_sources import Feed, parse_feeds
from support.cms_signers import SIGNERS
from support.lambda_events import Answer, call
from support.paths import ROOT

FOLDER = ROOT / "tests/functions/cms_webhook/examples"
PAGES = ROOT / "docs/cms"
LISTED_SECRETS = 'secrets = ["..."]'
HEADING = "| CMS | event accepted | article right | withdrawal right | embargo respected | closed text left out |"
# What each column shows is tested with these files of an example.
COLUMNS = ("published", "article", "withdrawn", "embargoed", "closed")


@dataclass(frozen=True)
class Example:
    """The folder of one CMS."""

    folder: Path

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def page(self) -> Path:
        return PAGES / f"{self.name}.md"

    @cached_property
    def title(self) -> str:
        return self.page.read_text("utf-8").partition("\n")[0].removeprefix("# ")

    @cached_property
    def toml(self) -> str:
        """The table as docs/cms/NAME.md prints it."""
        return (self.folder / "source.toml").read_text("utf-8")

    @property
    def cms(self) -> str:
        """The table `[cms]` as docs/cms/NAME.md prints it; "" if the CMS answers with native JSON."""
        path = self.folder / "cms.toml"
        return path.read_text("utf-8") if path.exists() else ""

    def connections(self, site: str) -> str:
        """The table `[cms]` with the address of the test's own site."""
        url = f'url = "{site}/articles/{{id}}"'
        return re.sub("^url = .*$", url, self.cms, flags=re.MULTILINE) if self.cms else f'[cms]\n{url}\nformat = "native"\n'

    @property
    def is_feed(self) -> bool:
        """Whether this is a site that is polled, and sends nothing."""
        return "feeds" in tomllib.loads(self.toml)

    @property
    def feed(self) -> Feed:
        [feed] = parse_feeds(self.toml).values()
        return feed

    @cached_property
    def source(self) -> tuple[str, dict[str, Any]]:
        """The name of the source in its configuration, and its table."""
        [(name, table)] = tomllib.loads(self.toml)["sources"].items()
        return name, table

    @property
    def sources(self) -> str:
        """The table with a secret that the signer of its scheme knows."""
        secret = SIGNERS[self.source[1]["scheme"]].secret
        return self.toml.replace(LISTED_SECRETS, f'secrets = ["{secret}"]')

    def has(self, name: str) -> bool:
        return (self.folder / f"{name}.json").exists()

    def body(self, name: str) -> bytes:
        return (self.folder / f"{name}.json").read_bytes()

    def json(self, name: str) -> Any:
        return json.loads(self.body(name))

    @cached_property
    def untested(self) -> dict[str, str]:
        """Why something is not tested, by column, from lines such as `Not tested (closed): ...` in ORIGIN.md."""
        origin = (self.folder / "ORIGIN.md").read_text("utf-8")
        return dict(re.findall(r"^Not tested \((\w+)\): (.+)$", origin, re.MULTILINE))

    def send(self, name: str) -> Answer:
        """Sends the body `name`, signed now, with the headers that headers.json has for it."""
        source, table = self.source
        signer, body, path = SIGNERS[table["scheme"]], self.body(name), f"/webhooks/{source}"
        extra = self.json("headers").get(name, {}) if self.has("headers") else {}
        # Contentful signs its topic; headers that other schemes add are not signed.
        options = {"topic": extra.pop("x-contentful-topic")} if "x-contentful-topic" in extra else {}
        options |= {"event_id": f"msg_{name}"} if table["scheme"] == "standard-webhooks" else {}
        proof = dict(signer.sign(body, signer.secret, datetime.now(UTC), path, **options))
        if own_header := table.get("header"):
            proof = {own_header.lower(): value for value in proof.values()}
        return call(cms_webhook.app.handler, "POST", path, proof | extra, body)


EXAMPLES = [Example(folder) for folder in sorted(FOLDER.iterdir()) if folder.is_dir()]


def table_of_examples() -> str:
    """Returns the Markdown table of what is tested for each CMS, with a footnote for what is not testable."""
    notes: list[str] = []
    rows = [_row(example, notes) for example in sorted(EXAMPLES, key=lambda one: one.title.lower())]
    footnotes = "".join(f"{number}. {note}\n" for number, note in enumerate(notes, 1))
    return "\n".join([HEADING, "|---" * (len(COLUMNS) + 1) + "|", *rows]) + "\n" + (f"\n{footnotes}" if notes else "")


def _row(example: Example, notes: list[str]) -> str:
    cells = [f"[{example.title}](cms/{example.name}.md)", *(_cell(example, column, notes) for column in COLUMNS)]
    return f"| {' | '.join(cells)} |"


def _cell(example: Example, column: str, notes: list[str]) -> str:
    if example.has(column):
        return "yes"
    if column not in example.untested:
        return "-"
    note = example.untested[column]
    if note not in notes:
        notes.append(note)
    return f"({notes.index(note) + 1})"

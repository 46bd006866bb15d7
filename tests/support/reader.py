"""Looks at a running Storycard as a reader without an account does, and into its bucket for what a reader could be given."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from local_stack.aws import Resources, client
from local_stack.client import Answer, call

PATIENCE = 90  # seconds until a change must have taken effect; what [cms] did not have is looked up again after a minute
GONE = (404, 410)
BUSY = 503  # another request is rendering the set


@dataclass(frozen=True)
class Reader:
    """A reader of the cards of a running system."""

    base_url: str
    resources: Resources

    def get(self, path: str) -> Answer:
        """Requests a public URL."""
        return call(self.base_url, "GET", path)

    def shown(self, article_id: str) -> str:
        """Returns the headline of the newest card set, or "" if the article has none."""
        answer = self.get(f"/cards/{article_id}")
        while answer.status == BUSY:
            time.sleep(0.5)
            answer = self.get(f"/cards/{article_id}")
        if answer.status != 200:
            assert answer.status in GONE, (answer.status, answer.body)
            return ""
        texts = [text for card in json.loads(answer.body)["cards"] if card["kind"] == "headline" for text in card["text"]]
        return next(" ".join(text["lines"]) for text in texts if text["role"] == "headline")

    def alt(self, article_id: str, kind: str, format_name: str) -> str:
        """Returns the alternative text of a card, which describes its photograph if it has one."""
        cards = json.loads(self.get(f"/cards/{article_id}").body)["cards"]
        return next(card["alt"] for card in cards if (card["kind"], card["format"]) == (kind, format_name))

    def sees(self, article_id: str, headline: str) -> None:
        """Waits until the article's cards have this headline; "" means that it has no cards."""
        wait_until(lambda: self.shown(article_id) == headline, lambda: f"{headline!r}, got {self.shown(article_id)!r}")
        card = self.get(f"/cards/{article_id}/headline/og.png")
        assert (card.status == 200) == bool(headline), card.status
        if not headline:
            wait_until(lambda: not self._keys(f"cards/{article_id}/"), lambda: "no cards in the bucket")

    def never_sees(self, article_id: str, headline: str, seconds: float = 3) -> None:
        """Checks for some seconds that the article's cards keep this headline, or "" for none."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            assert self.shown(article_id) == headline
            time.sleep(0.2)

    def words(self, article_id: str) -> str:
        """Returns everything public about an article: manifest, share pages, oEmbed and the manifests in the bucket."""
        url = quote(f"{self.base_url}/share/{article_id}", safe="")
        paths = [f"/cards/{article_id}", f"/oembed?url={url}"]
        paths += [f"/share/{article_id}{kind}" for kind in ("", "/headline", "/bullet", "/quote")]
        answers = [self.get(path) for path in paths]
        s3 = client("s3", self.resources.endpoint)
        stored = [
            s3.get_object(Bucket=self.resources.bucket, Key=key)["Body"].read()
            for key in self._keys(f"cards/{article_id}/") + self._keys(f"preview/{article_id}/")
        ]
        # Cards carry their words as XMP, so their bytes are searched too.
        return " ".join(part.decode("utf-8", "replace") for part in [*(answer.body for answer in answers), *stored])

    def article(self, article_id: str) -> dict[str, Any]:
        """Returns the article that is stored, in native JSON."""
        s3 = client("s3", self.resources.endpoint)
        stored = s3.get_object(Bucket=self.resources.bucket, Key=f"articles/{article_id}/article.json")["Body"].read()
        return dict(json.loads(stored))

    def _keys(self, prefix: str) -> list[str]:
        pages = client("s3", self.resources.endpoint).get_paginator("list_objects_v2")
        return [
            item["Key"]
            for page in pages.paginate(Bucket=self.resources.bucket, Prefix=prefix)
            for item in page.get("Contents", ())
        ]


def wait_until(holds: Callable[[], bool], expected: Callable[[], str]) -> None:
    """Waits for PATIENCE seconds. Raises AssertionError saying what was expected."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, f"expected {expected()}"
        time.sleep(0.1)

"""Builds article IDs from the identifiers of other systems: numbers, URNs and URLs."""

import hashlib
import re

from storycard.article import ARTICLE_ID

_READABLE = 60  # characters kept of an identifier that is not a valid ID


def safe_id(name: str) -> str:
    """Returns `name` if it is a valid article ID, or else its readable end and a hash of the whole, which keeps IDs unique."""
    if ARTICLE_ID.fullmatch(name) or not name:
        return name
    last = re.split(r"[?#]", name)[0].rstrip("/").rpartition("/")[2]
    readable = re.sub(r"[^A-Za-z0-9.]+", "-", re.sub(r"\.html?$", "", last)).strip("-.")[:_READABLE].rstrip("-.")
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"{readable}-{digest}" if readable else digest

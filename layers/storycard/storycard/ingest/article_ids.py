"""The names that content systems give their articles, numbers, URNs or addresses, into article IDs."""

import hashlib
import re

from storycard.article import ARTICLE_ID

_READABLE = 60  # characters kept of a name that cannot stand as it is


def safe_id(name: str) -> str:
    """`name` itself if it is an article ID; else its readable end and a hash of the whole, so that no two names share one."""
    if ARTICLE_ID.fullmatch(name) or not name:
        return name
    last = re.split(r"[?#]", name)[0].rstrip("/").rpartition("/")[2]
    readable = re.sub(r"[^A-Za-z0-9.]+", "-", re.sub(r"\.html?$", "", last)).strip("-.")[:_READABLE].rstrip("-.")
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"{readable}-{digest}" if readable else digest

"""Defines how much a post may hold."""

from typing import Literal

MAX_POSTS = 50  # of one article
MAX_BODY = 64_000  # bytes of a request that saves a post
MAX_NAME = 200  # characters
MAX_TEXT = 10_000  # characters; the longest post of a network that the Studio counts for has 3,000
MAX_COMMENTS = 100
MAX_COMMENT = 1_000  # characters

Status = Literal["draft", "shared"]
STATUSES: tuple[Status, ...] = ("draft", "shared")

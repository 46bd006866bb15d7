"""Defines the options of the readers of articles."""

from dataclasses import dataclass

from storycard.ingest.article_kinds import POST_TYPES
from storycard.language.languages import Languages


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read an article. `article_id` and `language` are used where the data names none.

    Text that a reader without an account may not see is left out, unless the newsroom has chosen `paid_text`. Set
    `local_files` only if the sender may name photographs on this machine's disk. Only WordPress has `post_types`. With
    `social_titles`, the titles that a CMS keeps for social networks head the cards. `charset` is the label in the HTTP header,
    which counts for pages and plain text; JSON is UTF-8 (RFC 8259).
    """

    languages: Languages
    article_id: str | None = None
    language: str | None = None
    paid_text: bool = False
    post_types: tuple[str, ...] = POST_TYPES
    local_files: bool = False
    social_titles: bool = True
    charset: str = ""

"""Converts Markdown to HTML by CommonMark, with line breaks where the editor made them.

https://spec.commonmark.org/0.31.2/
"""

import re
from functools import cache
from typing import TYPE_CHECKING

from storycard.ingest.documents.marks import text_html

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_PARAGRAPH_END = re.compile(r"\n\s*\n")
_MAY_BE_MARKDOWN = re.compile(r"[*_`#>\[~\\<&\n+=-]|\d[.)]")


def markdown_html(text: str) -> str:
    """Returns the HTML of a text in Markdown, or of a plain text with the same paragraphs."""
    return str(_parser().render(text)) if _MAY_BE_MARKDOWN.search(text) else paragraphs_html(text)


def paragraphs_html(text: str) -> str:
    """Returns the HTML of a plain text, whose paragraphs are separated by empty lines."""
    paragraphs = filter(None, map(str.strip, _PARAGRAPH_END.split(text)))
    return "".join(f"<p>{text_html(paragraph)}</p>" for paragraph in paragraphs)


@cache
def _parser() -> "MarkdownIt":
    """Builds the parser. Indentation does not mark code: in most editors an indented line is a paragraph."""
    from markdown_it import MarkdownIt  # 60 ms to import, and few texts are Markdown

    return MarkdownIt("commonmark", {"breaks": True, "html": True}).enable("strikethrough").disable("code")

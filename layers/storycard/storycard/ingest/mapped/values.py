"""Reads the values that a newsroom's table found: texts, lists, times and flags in the forms that systems have for them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import TypeVar

from storycard.article import MAX_ITEMS, QuestionAndAnswer
from storycard.errors import ArticleInvalid, shown
from storycard.ingest.documents.visibility import visible
from storycard.ingest.fields import parse_time
from storycard.ingest.mapped.embargo_time import EXPECTED, embargo_time
from storycard.ingest.plain_text import clean_line

Item = TypeVar("Item")

_SEVERAL_LINES = re.compile(r"\n|</?(?:p|br|li|div)\b", re.IGNORECASE)
_MAX_ENTRIES = 10 * MAX_ITEMS  # of a list; later ones are ignored
MAX_SOURCE = 200_000  # characters of a line with its mark-up; no field takes more than 10,000 without
_NO_TIME = 10**15  # beyond every calendar, in seconds or milliseconds
_MILLISECONDS = 100_000_000_000  # a number of seconds that would be in the year 5138


def one_line(value: object) -> str:
    """Returns a text, a number or a document as one clean line; "" for anything else, and for a text that no field could take."""
    from storycard.ingest.documents.rich_text import as_html  # loads the HTML parser, which IDs and times do not need
    from storycard.ingest.html.inline import read_line
    from storycard.ingest.typed_markup import read_typed

    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, str) and len(value) > MAX_SOURCE:
        return ""
    if isinstance(value, str) and not value.lstrip().startswith(("{", "[")):
        return read_typed(value).text if not _SEVERAL_LINES.search(value) else read_line(as_html(value))
    return read_line(as_html(value)) if isinstance(value, str | list | dict) else ""


@dataclass(slots=True)
class Values:
    """The values of an article by field. `problems` gets a sentence for each field whose value cannot be used."""

    values: Mapping[str, object]
    problems: dict[str, str] = field(default_factory=dict)

    def refuse(self, name: str, expected: str) -> None:
        self.problems[name] = f"expected {expected}, got {shown(self.values.get(name))}"

    def has(self, name: str) -> bool:
        """Returns whether there is a value, and not an empty text, list or object."""
        return self.values.get(name) not in (None, "", [], {})

    def name(self, name: str) -> str:
        """Returns an ID, a code or an address: a text or a number, in which no mark-up is read."""
        value = self.values.get(name)
        if isinstance(value, str | int) and not isinstance(value, bool) and (isinstance(value, str) or abs(value) < 10**30):
            return clean_line(str(value))
        if self.has(name):
            self.refuse(name, "a text or a whole number")
        return ""

    def line(self, name: str) -> str:
        line = one_line(self.values.get(name))
        if not line and self.has(name):
            self.refuse(name, "text")
        return line

    def lines(self, name: str) -> tuple[str, ...]:
        """Returns the texts of a list, the items of a document's lists, or else each line of its text."""
        from storycard.ingest.documents.rich_text import as_html
        from storycard.ingest.html.blocks import read_blocks

        value = self.values.get(name)
        if isinstance(value, list) and all(isinstance(entry, str | int | float) for entry in value):
            found: Iterable[str] = map(one_line, value[:_MAX_ENTRIES])
        else:
            blocks = read_blocks(as_html(value)) if self.has(name) else []
            items = tuple(block.text for block in blocks if block.kind == "item")
            found = items or (line for block in blocks for line in map(clean_line, block.lines))
        lines = first_items(filter(None, found))
        if not lines and self.has(name):
            self.refuse(name, "a list of texts, or a text with one line for each")
        return lines

    def names(self, name: str) -> tuple[str, ...]:
        """Returns a name, or a list of names or of objects with a `name`."""
        value = self.values.get(name)
        entries = value[:_MAX_ENTRIES] if isinstance(value, list) else [value]
        texts = (entry.get("name") if isinstance(entry, dict) else entry for entry in entries)
        found = first_items(filter(None, (one_line(text) for text in texts if isinstance(text, str))))
        if not found and self.has(name):
            self.refuse(name, "a name, or a list of names")
        return found

    def time(self, name: str) -> datetime | None:
        """Returns an ISO 8601 time, or a number of seconds or milliseconds since 1970."""
        value = self.values.get(name)
        time = _since_1970(value) or parse_time(value)
        if time is None and self.has(name):
            self.refuse(name, "a time in ISO 8601, or in seconds or milliseconds since 1970")
        return time

    def required_time(self, name: str) -> datetime | None:
        """Returns a time that must not be misread: the end of an embargo. Raises ArticleInvalid for any other value."""
        time = embargo_time(self.values.get(name))
        if time is None and self.has(name):
            raise ArticleInvalid(name, EXPECTED, shown(self.values[name]))
        return time

    def questions(self, name: str) -> tuple[QuestionAndAnswer, ...]:
        """Returns the pairs in a list of objects with `question` and `answer`."""
        value = self.values.get(name)
        shown_ones = visible(value[:_MAX_ENTRIES]) if isinstance(value, list) else []
        entries = [entry for entry in shown_ones if isinstance(entry, dict)]
        found = (QuestionAndAnswer(one_line(entry.get("question")), one_line(entry.get("answer"))) for entry in entries)
        pairs = first_items(pair for pair in found if pair.question and pair.answer)
        if not pairs and self.has(name):
            self.refuse(name, "a list of objects with question and answer")
        return pairs


def first_items(items: Iterable[Item]) -> tuple[Item, ...]:
    """Returns as many items as an article may have. Those after them are not read: they may be long."""
    return tuple(islice(items, MAX_ITEMS))


def _since_1970(value: object) -> datetime | None:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{9,13}", value):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < _NO_TIME:  # NaN compares as false
        return None
    try:
        return datetime.fromtimestamp(value / 1000 if abs(value) >= _MILLISECONDS else value, UTC)
    except (OverflowError, ValueError, OSError):
        return None

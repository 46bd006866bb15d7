"""Finds an article's fields in the JSON of any CMS by a newsroom's own table of JMESPath expressions.

https://jmespath.org/specification.html
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

import jmespath
from jmespath.exceptions import JMESPathError, ParseError
from jmespath.visitor import TreeInterpreter

from storycard.article import MAX_ITEMS, Article
from storycard.errors import ArticleInvalid, FieldError, shown
from storycard.ingest.mapped.flags import FIELDS
from storycard.ingest.read_options import ReadOptions
from storycard.toml_reader import Table

MAPPED = "map"  # the format of a source that has a table instead of a format
KEYS = ("only", "withdrawn", *FIELDS)
FIRST = ("only", "id", "withdrawn", "status")  # evaluated before the content, which a withdrawal may lack
# If one of these expressions fails, the event is refused: a guess could publish what is not public.
_DECISIVE = frozenset({*FIRST, "embargo_until", "closed"})
_MAX_EXPRESSION = 2_000  # characters
_MAX_STEPS = 100_000  # evaluations for one event, which take a fraction of a second; articles need some hundreds


@dataclass(frozen=True, slots=True)
class ArticleMap:
    """Expressions by key, in the order of the configuration. All of them compile."""

    expressions: tuple[tuple[str, str], ...]

    def __contains__(self, key: str) -> bool:
        return key in dict(self.expressions)

    def part(self, *keys: str) -> "ArticleMap":
        """Returns the expressions of these keys alone."""
        return ArticleMap(tuple(pair for pair in self.expressions if pair[0] in keys))

    @property
    def document(self) -> bytes:
        """The map as JSON, which `stored_map` reads."""
        return json.dumps(dict(self.expressions), ensure_ascii=False).encode()

    @property
    def hash(self) -> str:
        return hashlib.sha256(self.document).hexdigest()[:32]


class Found(NamedTuple):
    """The content of an article: the values of the expressions by key, and the reasons of those that failed."""

    values: Mapping[str, object]
    failures: Mapping[str, str]


def read_map(table: Table) -> ArticleMap:
    """Reads a table `[sources.NAME.map]`. Raises the table's error naming the key and the position of a fault."""
    table.only(*KEYS)
    if "id" not in table:
        raise table.wrong("id", "an expression that gives the article's ID", "nothing")
    expressions = table.texts()
    for key, expression in expressions.items():
        if fault := _fault(expression):
            raise table.wrong(key, "a JMESPath expression", fault)
    return ArticleMap(tuple(expressions.items()))


def stored_map(document: bytes) -> ArticleMap:
    """Returns the map whose `document` this is."""
    return ArticleMap(tuple(json.loads(document).items()))


def find_fields(article_map: ArticleMap, event: Mapping[str, object]) -> Found:
    """Evaluates every expression. One that fails counts as nothing.

    Raises ArticleInvalid if the failure is in an expression that decides whether an article is public, or if the expressions
    look at more than 100,000 values.
    """
    interpreter = _Interpreter()
    values, failures = dict[str, object](), dict[str, str]()
    for key, expression in article_map.expressions:
        try:
            values[key] = interpreter.visit(_compiled(expression).parsed, event)
        except _TooManySteps:
            expected = f"expressions that look at no more than {_MAX_STEPS:,} values"
            raise ArticleInvalid(key, expected, shown(expression)) from None
        except (JMESPathError, RecursionError, TypeError, ValueError, OverflowError) as error:
            values[key], failures[key] = None, _sentence(error)
            if key in _DECISIVE:
                raise ArticleInvalid(key, f"a value of {shown(expression)}", failures[key]) from None
    return Found(MappingProxyType(values), MappingProxyType(failures))


def read_found(found: Found, options: ReadOptions) -> Article:
    """Builds the article; a notice names each expression that failed. Raises ArticleInvalid."""
    from storycard.ingest.mapped.article import read_mapped  # loads the HTML parser, which few functions need

    article = read_mapped(found.values, options)
    failed = (f"{key}: {reason}; left out." for key, reason in found.failures.items())
    return replace(article, notices=(*article.notices, *failed)[:MAX_ITEMS])


class _TooManySteps(Exception):
    """The expressions look at more values than an article has."""


class _Interpreter(TreeInterpreter):  # type: ignore[misc]  # the package has no types
    """Evaluates expressions, and counts the steps: a hostile body could make a harmless expression run for seconds."""

    def __init__(self) -> None:
        super().__init__()
        self.steps = 0

    def visit(self, node: Any, *arguments: Any, **named: Any) -> Any:
        self.steps += 1
        if self.steps > _MAX_STEPS:
            raise _TooManySteps
        return super().visit(node, *arguments, **named)


@lru_cache(maxsize=1024)
def _compiled(expression: str) -> Any:
    return jmespath.compile(expression)


def _fault(expression: str) -> str:
    """Returns what is wrong with an expression, and where; "" if it compiles."""
    if len(expression) > _MAX_EXPRESSION:
        return f"one of {len(expression):,} characters, of which {_MAX_EXPRESSION:,} are allowed"
    try:
        _compiled(expression)
    except ParseError as error:
        at = error.lex_position
        near = f"{expression[at : at + 20]!r}" if isinstance(at, int) and at < len(expression) else "its end"
        return f"{shown(expression)}, with a fault at character {(at or 0) + 1}, at {near}"
    except (JMESPathError, RecursionError) as error:
        return f"{shown(expression)}: {_sentence(error)}"
    return ""


def _sentence(error: Exception) -> str:
    """Returns the first line of a library's message, shortened."""
    if isinstance(error, FieldError):
        return str(error)
    return " ".join(str(error).split())[:200] or type(error).__name__

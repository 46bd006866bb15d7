"""Reads TOML tables key by key, with error messages that name the file, the key and what was expected there.

Used for the files of `assets/` (AssetInvalid) and for the functions' configuration (their own subclass of FieldError).
"""

import re
import tomllib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeGuard, TypeVar

from storycard.errors import AssetInvalid, FieldError, shown

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_MAX_WHOLE = 100_000  # no length on a card is larger

T = TypeVar("T")
Name = TypeVar("Name", bound=str)


def parse_toml(document: bytes, file: str, error: type[FieldError] = AssetInvalid) -> dict[str, object]:
    """Parses `document`. Raises `error` naming `file` and the position of the first syntax error."""
    try:
        return tomllib.loads(document.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as reason:
        raise error(file, "TOML in UTF-8", str(reason)) from None  # a traceback would quote the document, which may hold secrets


def read_table(document: bytes, file: str, error: type[FieldError] = AssetInvalid) -> "Table":
    """Parses `document` and returns its root table. Raises `error` as `parse_toml` does."""
    return Table(file, parse_toml(document, file, error), error=error)


def merge(base: Mapping[str, object], changes: Mapping[str, object]) -> dict[str, object]:
    """Returns a copy of `base` with the values of `changes` replacing its own; nested tables are merged key by key."""
    result = dict(base)
    for key, value in changes.items():
        old = result.get(key)
        result[key] = merge(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return result


@dataclass(frozen=True, slots=True)
class Table:
    """One TOML table and its place in the document.

    Every getter returns the value of a key, or `default` if the key is missing. Every getter raises `error` if the value does
    not fit, or if the key is missing and there is no default. The error's field is `file: path.key`, or `path.key` if `file`
    is "". `describe` renders a rejected value for the message; pass `kind_of` from `storycard.errors` for tables of secrets.
    """

    file: str
    values: Mapping[str, object]
    path: str = ""  # "" for the root, else with a trailing full stop: "roles.headline."
    error: type[FieldError] = AssetInvalid
    describe: Callable[[object], str] = shown

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def get(self, key: str, read: Callable[[object], T | None], expected: str, default: T | None = None) -> T:
        """Returns what `read` makes of the key's value; `read` returns None for a value that does not fit."""
        if key not in self.values and default is not None:
            return default
        got = self.values.get(key)
        if (value := read(got)) is None:
            raise self.wrong(key, expected, self.describe(got))
        return value

    def wrong(self, key: str, expected: str, got: str) -> FieldError:
        """Builds the error for one key of this table; the caller raises it."""
        return self.error(f"{self.file}: {self.path}{key}" if self.file else f"{self.path}{key}", expected, got)

    def only(self, *known: str) -> None:
        """Raises `error` for the first key that is not in `known`: most such keys are misspelt."""
        for key in self.values:
            if key not in known:
                raise self.wrong(key, "one of " + ", ".join(known), "a key that nothing reads")

    def text(
        self, key: str, default: str | None = None, *, pattern: re.Pattern[str] | None = None, expected: str = "text"
    ) -> str:
        """Returns a string that matches all of `pattern`, or is not empty without one. A value equal to `default` always fits."""

        def read(value: object) -> str | None:
            if not isinstance(value, str):
                return None
            fits = value == default or bool(pattern.fullmatch(value) if pattern else value)
            return value if fits else None

        return self.get(key, read, expected, default)

    def flag(self, key: str, default: bool = False) -> bool:
        return self.get(key, lambda value: value if isinstance(value, bool) else None, "true or false", default)

    def whole(self, key: str, default: int | None = None, *, low: int = 0, high: int = _MAX_WHOLE) -> int:
        """Returns an integer from `low` to `high`."""

        def read(value: object) -> int | None:
            return value if _is_whole(value) and low <= value <= high else None

        return self.get(key, read, f"a whole number from {low:,} to {high:,}", default)

    def number(self, key: str, low: float, high: float, default: float | None = None) -> float:
        """Returns an integer or a float from `low` to `high`."""

        def read(value: object) -> float | None:
            return value if (_is_whole(value) or isinstance(value, float)) and low <= value <= high else None

        return self.get(key, read, f"a number from {low:g} to {high:g}", default)

    def ascending(self, key: str) -> tuple[int, ...]:
        """Returns a list of at least one integer, in ascending order."""

        def read(value: object) -> tuple[int, ...] | None:
            whole = [n for n in value if _is_whole(n) and 0 <= n <= _MAX_WHOLE] if isinstance(value, list) else []
            return tuple(whole) if whole and whole == value and whole == sorted(whole) else None

        return self.get(key, read, "whole numbers in ascending order")

    def choice(self, key: str, names: Collection[Name], default: Name | None = None) -> Name:
        """Returns one of `names`."""
        return self.get(key, lambda value: _find(value, names), "one of " + ", ".join(names), default)

    def choices(self, key: str, names: Collection[Name], default: Sequence[Name] | None = None) -> tuple[Name, ...]:
        """Returns a list of any number of `names`; the error for an unknown name gives its index."""
        expected, found = "one of " + ", ".join(names), list[Name]()
        for index, item in enumerate(self._list(key, "a list of " + ", ".join(names), default)):
            if (name := _find(item, names)) is None:
                raise self.wrong(f"{key}[{index}]", expected, self.describe(item))
            found.append(name)
        return tuple(found)

    def text_list(self, key: str, default: Sequence[str] | None = None) -> tuple[str, ...]:
        """Returns a list of non-empty strings; the error for anything else gives its index."""
        texts: list[str] = []
        for index, item in enumerate(self._list(key, "a list of texts", default)):
            if not isinstance(item, str) or not item:
                raise self.wrong(f"{key}[{index}]", "text", self.describe(item))
            texts.append(item)
        return tuple(texts)

    def colour(self, key: str) -> str:
        """Returns a colour as #rrggbb."""
        return self.text(key, pattern=_COLOUR, expected="a colour such as '#1a2b3c'")

    def table(self, key: str, default: Mapping[str, object] | None = None) -> "Table":
        values = self.get(key, lambda value: value if isinstance(value, dict) else None, "a table", default)
        return self._inner(key, values)

    def table_list(self, key: str) -> tuple["Table", ...]:
        """Returns an array of tables (`[[key]]`), empty if the key is missing."""
        tables: list[Table] = []
        for index, item in enumerate(self._list(key, f"[[{key}]] tables", ())):
            if not isinstance(item, dict):
                raise self.wrong(f"{key}[{index}]", "a table", self.describe(item))
            tables.append(self._inner(f"{key}[{index}]", item))
        return tuple(tables)

    def tables(self) -> dict[str, "Table"]:
        """Returns every value of this table, each of which must be a table."""
        return {key: self.table(key) for key in self.values}

    def texts(self) -> dict[str, str]:
        """Returns every value of this table, each of which must be text."""
        return {key: self.text(key) for key in self.values}

    def _list(self, key: str, expected: str, default: Sequence[object] | None) -> Sequence[object]:
        return self.get(key, lambda value: value if isinstance(value, list) else None, expected, default)

    def _inner(self, key: str, values: Mapping[str, object]) -> "Table":
        return Table(self.file, values, f"{self.path}{key}.", self.error, self.describe)


def _is_whole(value: object) -> TypeGuard[int]:
    """Returns whether `value` is an integer; TOML's booleans are not, although Python's are."""
    return isinstance(value, int) and not isinstance(value, bool)


def _find(value: object, names: Collection[Name]) -> Name | None:
    return next((name for name in names if name == value), None)

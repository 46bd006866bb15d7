"""The bytes of a TOML file in `assets/` into checked values, with complaints that say file, key and need."""

import re
import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from storycard.errors import AssetInvalid, shown

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def toml_table(document: bytes, file: str) -> dict[str, Any]:
    """The table in `document`. Raises AssetInvalid naming `file` and where it stops being TOML."""
    try:
        return tomllib.loads(document.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise AssetInvalid(file, "TOML in UTF-8", str(error)) from None


def merged(base: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """`base` with the values of `changes` in place of its own, tables within tables likewise."""
    result = dict(base)
    for key, value in changes.items():
        both_tables = isinstance(value, dict) and isinstance(result.get(key), dict)
        result[key] = merged(result[key], value) if both_tables else value
    return result


@dataclass(frozen=True, slots=True)
class Table:
    """One TOML table with its place. Every getter raises AssetInvalid when the value is missing or does not fit."""

    file: str
    values: Mapping[str, Any]
    path: str = ""

    def get(self, key: str, fits: Callable[[Any], bool], expected: str, default: Any = None) -> Any:
        got = self.values.get(key, default)
        if not fits(got):
            raise self.wrong(key, expected, shown(got))
        return got

    def wrong(self, key: str, expected: str, got: str) -> AssetInvalid:
        """The complaint about one key of this table."""
        return AssetInvalid(f"{self.file}: {self.path}{key}", expected, got)

    def only(self, *known: str) -> None:
        """Refuses keys that nothing reads: most are slips of the pen."""
        for key in self.values:
            if key not in known:
                raise self.wrong(key, "one of " + ", ".join(known), "a key that nothing reads")

    def text(self, key: str, default: str | None = None) -> str:
        return self.get(key, lambda got: isinstance(got, str) and (got != "" or got == default), "text", default)

    def flag(self, key: str, default: bool = False) -> bool:
        return self.get(key, lambda got: isinstance(got, bool), "true or false", default)

    def whole(self, key: str, default: int | None = None) -> int:
        """0 to 100,000: nothing on a card is larger."""
        return self.get(key, lambda got: type(got) is int and 0 <= got <= 100_000, "a whole number, 0 or more", default)

    def number(self, key: str, low: float, high: float, default: float | None = None) -> float:
        def fits(got: Any) -> bool:
            return type(got) in (int, float) and low <= got <= high

        return self.get(key, fits, f"a number from {low:g} to {high:g}", default)

    def rising(self, key: str) -> tuple[int, ...]:
        def fits(got: Any) -> bool:
            whole = isinstance(got, list) and bool(got) and all(type(n) is int and 0 <= n <= 100_000 for n in got)
            return whole and got == sorted(got)

        return tuple(self.get(key, fits, "whole numbers, rising"))

    def choice(self, key: str, names: Collection[str], default: str | None = None) -> str:
        return self.get(key, lambda got: isinstance(got, str) and got in names, "one of " + ", ".join(names), default)

    def choices(self, key: str, names: Collection[str], default: list[str] | None = None) -> tuple[str, ...]:
        got = self.get(key, lambda got: isinstance(got, list), "a list of " + ", ".join(names), default)
        for index, item in enumerate(got):
            if not isinstance(item, str) or item not in names:
                raise self.wrong(f"{key}[{index}]", "one of " + ", ".join(names), shown(item))
        return tuple(got)

    def colour(self, key: str) -> str:
        return self.get(key, lambda got: isinstance(got, str) and bool(_COLOUR.fullmatch(got)), "a colour such as '#1a2b3c'")

    def table(self, key: str, default: dict | None = None) -> "Table":
        values = self.get(key, lambda got: isinstance(got, dict), "a table", default)
        return Table(self.file, values, f"{self.path}{key}.")

    def tables(self) -> "dict[str, Table]":
        """Every value of this table, each a table itself."""
        return {key: self.table(key) for key in self.values}

    def texts(self) -> dict[str, str]:
        return {key: self.text(key) for key in self.values}

"""Tests storycard.toml_reader: typed getters, and errors that name file, key and expected value."""

import re
from collections.abc import Callable

import pytest

from storycard.errors import ArticleInvalid, AssetInvalid, kind_of
from storycard.toml_reader import Table, merge, parse_toml, read_table

DOCUMENT = b"""
title = "Plain"
empty = ""
on = true
count = 7
share = 0.5
steps = [1, 2, 2, 9]
falling = [2, 1]
mixed = [1, true]
colour = "#1a2b3c"
side = "left"
sides = ["left", "middle"]

[inner]
name = "inside"
[inner.deep]
count = -1

[[fonts]]
file = "a.ttf"
[[fonts]]
file = 7
"""
SIDES = ("left", "right")


@pytest.fixture
def table() -> Table:
    return read_table(DOCUMENT, "file.toml")


def test_getters_return_typed_values(table: Table) -> None:
    assert (table.text("title"), table.flag("on"), table.whole("count"), table.number("share", 0, 1)) == ("Plain", True, 7, 0.5)
    assert table.number("count", 0, 10) == 7
    assert table.ascending("steps") == (1, 2, 2, 9)
    assert table.text_list("sides") == ("left", "middle")
    assert (table.colour("colour"), table.choice("side", SIDES)) == ("#1a2b3c", "left")
    assert table.choices("sides", ("left", "middle", "right")) == ("left", "middle")
    assert table.table("inner").table("deep").whole("count", low=-1) == -1
    assert [font.file for font in table.table_list("fonts")] == ["file.toml", "file.toml"]


def test_missing_keys_take_the_default(table: Table) -> None:
    assert "title" in table
    assert "none" not in table
    assert (table.text("none", ""), table.flag("none"), table.whole("none", 0), table.number("none", 0, 1, 0.0)) == (
        "",
        False,
        0,
        0,
    )
    assert (table.choice("none", SIDES, "right"), table.choices("none", SIDES, [])) == ("right", ())
    assert (table.text_list("none", ()), table.table_list("none"), table.table("none", {}).values) == ((), (), {})


def test_empty_text_fits_only_where_it_is_the_default(table: Table) -> None:
    assert table.text("empty", "") == ""
    with pytest.raises(AssetInvalid, match=r"^file.toml: empty: expected text, got ''$"):
        table.text("empty")


@pytest.mark.parametrize(
    ("read", "message"),
    [
        (lambda table: table.text("none"), "none: expected text, got nothing"),
        (lambda table: table.text("count"), "count: expected text, got 7"),
        (lambda table: table.text("side", pattern=re.compile("l"), expected="an l"), "side: expected an l, got 'left'"),
        (lambda table: table.flag("count"), "count: expected true or false, got 7"),
        (lambda table: table.whole("on"), "on: expected a whole number from 0 to 100,000, got true"),
        (lambda table: table.whole("share"), "share: expected a whole number from 0 to 100,000, got 0.5"),
        (lambda table: table.whole("count", low=8, high=9), "count: expected a whole number from 8 to 9, got 7"),
        (lambda table: table.number("on", 0, 1), "on: expected a number from 0 to 1, got true"),
        (lambda table: table.number("count", 0, 1), "count: expected a number from 0 to 1, got 7"),
        (lambda table: table.ascending("falling"), "falling: expected whole numbers in ascending order, got a list of 2"),
        (lambda table: table.ascending("mixed"), "mixed: expected whole numbers in ascending order, got a list of 2"),
        (lambda table: table.choice("title", SIDES), "title: expected one of left, right, got 'Plain'"),
        (lambda table: table.choices("side", SIDES), "side: expected a list of left, right, got 'left'"),
        (lambda table: table.choices("sides", SIDES), "sides[1]: expected one of left, right, got 'middle'"),
        (lambda table: table.text_list("mixed"), "mixed[0]: expected text, got 1"),
        (lambda table: table.colour("title"), "title: expected a colour such as '#1a2b3c', got 'Plain'"),
        (lambda table: table.table("count"), "count: expected a table, got 7"),
        (lambda table: table.table("inner").tables(), "inner.name: expected a table, got 'inside'"),
        (lambda table: table.table("inner").texts(), "inner.deep: expected text, got an object of 1"),
        (lambda table: table.table_list("steps"), "steps[0]: expected a table, got 1"),
        (lambda table: table.table_list("fonts")[1].text("file"), "fonts[1].file: expected text, got 7"),
        (lambda table: table.table("inner").only("name"), "inner.deep: expected one of name, got a key that nothing reads"),
    ],
)
def test_errors_name_file_key_and_expected_value(table: Table, read: Callable[[Table], object], message: str) -> None:
    with pytest.raises(AssetInvalid) as caught:
        read(table)
    assert str(caught.value) == f"file.toml: {message}"


def test_raises_the_error_class_of_the_table_in_inner_tables_too() -> None:
    table = read_table(b"[sources]\na = 1", "", ArticleInvalid)
    with pytest.raises(ArticleInvalid, match=r"^sources.a: expected text, got 1$"):
        table.table("sources").text("a")
    with pytest.raises(ArticleInvalid, match=r"^file.toml: expected TOML in UTF-8, got "):
        parse_toml(b"\xff", "file.toml", ArticleInvalid)


def test_tables_of_secrets_describe_values_by_type_alone() -> None:
    table = Table("", {"inner": {"key": 12345, "list": [12345]}}, describe=kind_of)
    for key, read in {"key": table.table("inner").text, "list[0]": lambda _: table.table("inner").text_list("list")}.items():
        with pytest.raises(AssetInvalid) as caught:
            read(key)
        assert str(caught.value) == f"inner.{key}: expected text, got a number"


def test_merge_replaces_values_and_merges_tables() -> None:
    base = {"a": 1, "inner": {"b": 2, "c": 3}, "list": [1]}
    assert merge(base, {"inner": {"c": 4}, "list": [], "d": {}}) == {"a": 1, "inner": {"b": 2, "c": 4}, "list": [], "d": {}}
    assert base["inner"] == {"b": 2, "c": 3}

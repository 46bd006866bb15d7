"""Tests storycard.language.tags."""

import pytest

from storycard.language.tags import language_tag, parse_tag, shorter_tags


@pytest.mark.parametrize(
    ("tag", "subtags"),
    [
        ("en", ("en", "", "")),
        ("PT-br", ("pt", "", "BR")),
        ("zh-hant-hk", ("zh", "Hant", "HK")),
        ("es-419", ("es", "", "419")),
        ("sr-Latn-ekavsk", ("sr", "Latn", "")),
        ("de-1996", ("de", "", "")),
        ("en-x-latn-us", ("en", "", "")),
    ],
)
def test_finds_primary_script_and_region(tag: str, subtags: tuple[str, str, str]) -> None:
    assert parse_tag(tag) == subtags


def test_shorter_tags_start_with_the_longest() -> None:
    assert shorter_tags("zh-Hant-HK") == ("zh-hant-hk", "zh-hant", "zh")


@pytest.mark.parametrize(
    ("value", "tag"),
    [("en_US.UTF-8", "en-US"), (" pt-br ", "pt-br"), ("und", ""), ("english", ""), ("no such language", ""), ("", "")],
)
def test_turns_a_locale_into_a_tag(value: str, tag: str) -> None:
    assert language_tag(value) == tag

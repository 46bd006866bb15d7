"""Tests storycard.language.tags. Directions are those that CLDR's likely subtags and the scripts' directions give."""

import pytest

from storycard.language.tags import is_rtl, language_tag, parse_tag, shorter_tags

RIGHT_TO_LEFT = "ar ar-EG AR he iw yi fa prs prs-AF ur ur-Aran ps ckb sd ug dv nqo syr skr glk khw sdh rhg"
BY_SCRIPT = "az-Arab pa-Arab-PK ku-Arab ff-Adlm en-Hebr ar-Arab-x-Latn"
BY_REGION = "uz-AF pa-PK kk-CN ky-CN az-IR ku-IQ tg-PK ms-CC ha-SD"
LEFT_TO_RIGHT = "en de-AT uk ja hi ku uz az kk pa xx und en-a-Arab"
AGAINST_SCRIPT = "ar-Latn az-Latn sr-Cyrl ur-Latn he-Latn"
AGAINST_REGION = "sd-IN ug-KZ pa-IN en-EG"


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


@pytest.mark.parametrize("tags", [RIGHT_TO_LEFT, BY_SCRIPT, BY_REGION])
def test_right_to_left(tags: str) -> None:
    assert [tag for tag in tags.split() if not is_rtl(tag)] == []


@pytest.mark.parametrize("tags", [LEFT_TO_RIGHT, AGAINST_SCRIPT, AGAINST_REGION])
def test_left_to_right(tags: str) -> None:
    assert [tag for tag in tags.split() if is_rtl(tag)] == []

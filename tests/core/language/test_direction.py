"""Tests the direction of languages, as CLDR's likely subtags and the scripts' directions give it."""

import pytest

from storycard.language.direction import is_rtl

RIGHT_TO_LEFT = "ar ar-EG AR he iw yi fa prs prs-AF ur ur-Aran ps ckb sd ug dv nqo syr skr glk khw sdh rhg"
BY_SCRIPT = "az-Arab pa-Arab-PK ku-Arab ff-Adlm en-Hebr ar-Arab-x-Latn"
BY_REGION = "uz-AF pa-PK kk-CN ky-CN az-IR ku-IQ tg-PK ms-CC ha-SD"
LEFT_TO_RIGHT = "en de-AT uk ja hi ku uz az kk pa xx und en-a-Arab"
AGAINST_SCRIPT = "ar-Latn az-Latn sr-Cyrl ur-Latn he-Latn"
AGAINST_REGION = "sd-IN ug-KZ pa-IN en-EG"


@pytest.mark.parametrize("tags", [RIGHT_TO_LEFT, BY_SCRIPT, BY_REGION])
def test_right_to_left(tags: str) -> None:
    assert [tag for tag in tags.split() if not is_rtl(tag)] == []


@pytest.mark.parametrize("tags", [LEFT_TO_RIGHT, AGAINST_SCRIPT, AGAINST_REGION])
def test_left_to_right(tags: str) -> None:
    assert [tag for tag in tags.split() if is_rtl(tag)] == []

"""words: what a card says by itself, in the language of its article."""

import itertools
import json
from pathlib import Path

import pytest

from storycard.design.assets import Assets
from storycard.design.labels import WORDS, Labels, load_labels
from storycard.errors import AssetInvalid
from storycard.language.language import is_rtl
from storycard.text.paragraph import measure
from support.paths import SAMPLES

SAMPLED = [json.loads(line)["language"] for line in (SAMPLES / "scripts.jsonl").read_text("utf-8").splitlines()]
ENGLISH = "[en]\n" + "".join(f'{word} = "{word.title()}"\n' for word in WORDS)


def load(tmp_path: Path, text: str) -> Labels:
    path = tmp_path / "words.toml"
    path.write_text(text, "utf-8")
    return load_labels(path)


def test_a_language_falls_back_by_its_tag_and_then_to_english(tmp_path: Path) -> None:
    chinese = "[zh-Hant]\n" + "".join(f'{word} = "即時"\n' for word in WORDS)
    words = load(tmp_path, ENGLISH + chinese)
    assert [words.say("live", tag) for tag in ("zh-Hant", "zh-hant-HK", "ZH-HANT")] == ["即時"] * 3
    assert [words.say("live", tag) for tag in ("zh", "zh-Hans-CN", "tlh", "en-GB")] == ["Live"] * 4


@pytest.mark.parametrize("language", SAMPLED)
def test_every_word_has_a_glyph_for_each_letter(language: str, assets: Assets) -> None:
    for theme, word in itertools.product(assets.themes.values(), WORDS):
        said = assets.labels.say(word, language)
        measured = measure(said, language, is_rtl(language), theme.roles["label"].style, assets.fonts)
        assert (said, measured.missing_glyphs) == (said.strip(), 0)


def test_words_change_their_digest(tmp_path: Path) -> None:
    assert load(tmp_path, ENGLISH).digest != load(tmp_path, ENGLISH.replace("Live", "Now")).digest


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "words.toml: en: expected a table, got nothing"),
        (ENGLISH.replace('live = "Live"\n', ""), "words.toml: en.live: expected text, got nothing"),
        (ENGLISH.replace("live =", "life ="), "words.toml: en.life: expected one of live, breaking, "),
        (ENGLISH.replace('"Live"', "7"), "words.toml: en.live: expected text, got 7"),
    ],
)
def test_a_language_that_lacks_a_word_is_refused_by_name(text: str, complaint: str, tmp_path: Path) -> None:
    with pytest.raises(AssetInvalid) as caught:
        load(tmp_path, text)
    assert str(caught.value).startswith(complaint)

"""Tests storycard.language.detection."""

import json
from pathlib import Path

import pytest

from storycard.language.detection import detect_languages, known_language

SAMPLES = [json.loads(line) for line in (Path(__file__).parents[3] / "samples/scripts.jsonl").read_text("utf-8").splitlines()]


def likeliest(text: str) -> str:
    probabilities = detect_languages(text)
    return max(probabilities, key=lambda language: probabilities[language], default="")


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample["language"])
def test_detects_the_language_of_every_sample(sample: dict) -> None:
    text = " ".join([sample["headline"], *sample["bullets"], *(quote["text"] for quote in sample["quotes"])])
    assert [likeliest(text), likeliest(sample["headline"])] == [known_language(sample["language"])] * 2


@pytest.mark.parametrize("text", ["Ferry", "Nacht", "UEFA 2024"])
def test_gives_a_single_word_no_clear_language(text: str) -> None:
    assert max(detect_languages(text).values()) < 0.1


@pytest.mark.parametrize("text", ["", "2024", "ᚠᚢᚦ", "\ud800"])
def test_detects_nothing_in_other_scripts(text: str) -> None:
    assert detect_languages(text) == {}


@pytest.mark.parametrize(
    ("tag", "language"), [("en-GB", "en"), ("nb", "no"), ("sr-Latn", "sr"), ("bo", "bo"), ("top", ""), ("news", "")]
)
def test_finds_the_language_of_a_tag(tag: str, language: str) -> None:
    assert known_language(tag) == language

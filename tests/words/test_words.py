"""Tests that cards say what articles say: the right values of cases.json, each with its source."""

import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops

from storycard.cli import main
from storycard.commands import render as command

FOLDER = Path(__file__).parent
CASES: list[dict[str, Any]] = json.loads((FOLDER / "cases.json").read_text("utf-8"))
KNOWN = set((FOLDER / "known_failures.txt").read_text("utf-8").split())

Card = dict[str, Any]
Render = Callable[[str, str, str], list[Card]]


@pytest.fixture(scope="session")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Render]:
    """Returns a function that renders an article file once per options, and gives its cards with their paths.

    Assets are read once; reading them took half the time.
    """
    done: dict[tuple[str, str], Path] = {}

    def render(file: str, identifier: str, options: str) -> list[Card]:
        if (file, options) not in done:
            done[file, options] = tmp_path_factory.mktemp("cards")
            arguments = ["render", FOLDER / "articles" / file, "--out", done[file, options], *options.split()]
            assert main([str(argument) for argument in arguments]) == 0
        folder = done[file, options] / identifier
        manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
        return [{**card, "path": folder / card["file"]} for card in manifest["cards"]]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(command, "load_assets", cache(command.load_assets))
        yield render


def plain(text: str) -> str:
    """Returns `text` in NFC with single spaces, and without characters that only steer the layout."""
    text = unicodedata.normalize("NFC", re.sub("[\u00ad\u200b-\u200f\u2060-\u2069\ufeff]", "", text))
    return re.sub(r"\s+", " ", text).strip()


def letters(text: str) -> str:
    """Returns `text` without white space and hyphens, which a break may add or take away."""
    return re.sub(r"[\s\u2010-]", "", plain(text))


def lines(card: Card, role: str) -> list[str]:
    return [line for text in card["text"] if text["role"] == role for line in text["lines"]]


def drawn(card: Card, role: str) -> str | None:
    return letters("".join(lines(card, role))) or None


def main_text(card: Card) -> dict[str, Any]:
    """Returns the manifest's entry of the text that the card is about: each kind has a role of its name."""
    return next(text for text in card["text"] if text["role"] == card["kind"])


def check_text(case: dict[str, Any], cards: list[Card]) -> None:
    kind, _, format_name = case["field"].partition("@")
    found = [card for card in cards if card["kind"] == kind and (not format_name or card["format"] == format_name)]
    if not found:
        assert None in case["right"]
        return
    for card in found:
        assert plain(card["alt"]).split("\n")[0] in case["right"]
        assert drawn(card, card["kind"]) in [letters(right) for right in case["right"] if right]


def check_role(case: dict[str, Any], cards: list[Card]) -> None:
    if not cards:  # a quote without a speaker is not drawn
        assert None in case["right"], "no quote card"
    role = "speaker_role" if case["field"] == "role" else case["field"]
    for card in cards:
        allowed = case["right"]
        if isinstance(allowed, dict):
            quote = drawn(card, "quote") or ""
            allowed = next(right for start, right in allowed.items() if letters(start) in quote)
        assert drawn(card, role) in [right and letters(right) for right in allowed]


def check_unparted(case: dict[str, Any], cards: list[Card]) -> None:
    for card in cards:
        for whole in case["right"]:
            assert any(plain(whole) in plain(line) for line in main_text(card)["lines"]), (
                card["format"],
                main_text(card)["lines"],
            )


def check_starts(case: dict[str, Any], cards: list[Card]) -> None:
    for card in cards:
        assert not [line for line in main_text(card)["lines"][1:] if plain(line).startswith(tuple(case["right"]))]


def check_picture(card: Card, other: Card) -> None:
    pixels, expected = (Image.open(drawn["path"]).convert("RGB") for drawn in (card, other))
    assert ImageChops.difference(pixels, expected).getbbox() is None


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_cards_say_what_is_right(case: dict[str, Any], rendered: Render, request: pytest.FixtureRequest) -> None:
    if case["name"] in KNOWN:
        request.applymarker(pytest.mark.xfail(strict=True, reason="in known_failures.txt"))
    cards, right = rendered(case["file"], case["id"], case["options"]), case["right"]
    match case["field"]:
        case "speaker" | "role" | "quote":
            check_role(case, cards)
        case "unparted":
            check_unparted(case, cards)
        case "starts":
            check_starts(case, cards)
        case "picture":
            for card, other in zip(cards, rendered(right["same_as"], right["id"], case["options"]), strict=True):
                check_picture(card, other)
        case "size":
            for card, other in zip(cards, rendered(right["beside"], right["id"], case["options"]), strict=True):
                assert main_text(card)["font_px"] >= right["at_least"] * main_text(other)["font_px"]
        case "ems":
            for card in cards:
                assert len(main_text(card)["lines"]) == 1
                assert main_text(card)["box"][2] / main_text(card)["font_px"] <= right["at_most"]
        case _:
            check_text(case, cards)

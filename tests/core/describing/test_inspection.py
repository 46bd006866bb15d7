"""Tests storycard.describing.inspection and `storycard inspect`."""

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from storycard.article import Article
from storycard.cli import main
from storycard.describing.inspection import as_json, as_text, read_card
from storycard.design.assets import Assets
from storycard.design.formats import EXTENSIONS
from storycard.errors import FieldError
from storycard.render import render_card


@pytest.mark.parametrize("image_type", [*EXTENSIONS])
def test_reads_cards_of_every_type(image_type: str, assets: Assets, samples: dict[str, Article]) -> None:
    made = render_card(samples["nichnyi-orhan"], "quote", "og", assets, image_type=image_type)
    card = read_card(made.data, made.file_name)
    assert (card.type, card.width, card.height, card.bytes) == (image_type, 1200, 630, len(made.data))
    assert (card.metadata["alt"], card.metadata["language"], card.credentials) == (made.alt, "uk", False)
    assert json.loads(as_json(card))["metadata"]["identifier"] == "nichnyi-orhan/quote-og"
    assert f"alternative text  {made.alt}" in as_text(card)


def test_strips_terminal_control_characters(assets: Assets, samples: dict[str, Article]) -> None:
    article = replace(samples["harbour-barriers"], headline="Barriers \x1b[2J\x9bheld\u202e")
    text = as_text(read_card(render_card(article, "headline", "og", assets).data, "a"))
    assert not {"\x1b", "\x9b", "\u202e"} & set(text)


def picture(**settings) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, **settings)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "expected a card: a PNG, JPEG, WebP or AVIF picture, got something else, of 0 bytes"),
        (picture(format="GIF"), "got something else"),
        (picture(format="PNG")[:40], "got "),
        (picture(format="PNG"), "got a picture without a card's metadata"),
        (picture(format="JPEG", xmp=b"<a/>"), "got a picture without a card's metadata"),
        (picture(format="JPEG", xmp=b"<"), "got a picture without a card's metadata"),
    ],
)
def test_rejects_files_that_are_not_cards(data: bytes, reason: str) -> None:
    with pytest.raises(FieldError) as caught:
        read_card(data, "a.png")
    assert str(caught.value).startswith("a.png: expected a card")
    assert reason in str(caught.value)


def test_command_prints_the_metadata(assets: Assets, samples: dict[str, Article], tmp_path: Path, capsys) -> None:
    path = tmp_path / "card.png"
    path.write_bytes(render_card(samples["harbour-barriers"], "bullet", "og", assets).data)
    assert main(["inspect", str(path)]) == 0
    assert "rights            © 2026 The Harbour Post" in capsys.readouterr().out
    assert main(["inspect", "--json", str(path)]) == 0
    assert json.loads(capsys.readouterr().out)["metadata"]["created"] == "2026-11-03"
    assert main(["inspect", str(tmp_path / "none.png")]) == 2
    assert "none.png: expected a readable file, got No such file or directory" in capsys.readouterr().err

"""Reads the metadata of a card of every file type with exiftool."""

import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from storycard.article import Article, ArticleImage
from storycard.design.assets import Assets
from storycard.design.formats import EXTENSIONS
from storycard.render import render_card
from support.photographs import opened

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("exiftool") is None, reason="needs exiftool"),
]
COMPOSITE = "http://cv.iptc.org/newscodes/digitalsourcetype/composite"
HOSTILE = "/><evil a='b'>\"&lt;]]>"


def read(path: Path) -> dict:
    done = subprocess.run(["exiftool", "-json", "-XMP:all", "-G0", path], capture_output=True, check=True)
    return json.loads(done.stdout)[0]


@pytest.mark.parametrize("image_type", [*EXTENSIONS])
def test_exiftool_reads_every_field(image_type: str, assets: Assets, samples: dict[str, Article], tmp_path: Path) -> None:
    image = ArticleImage(file="a.jpg", credit=f"Tom & Jo {HOSTILE}", alt=f"Waves {HOSTILE}")
    article = replace(samples["harbour-barriers"], image=image, headline=f"Barriers held {HOSTILE}")
    picture = tmp_path / "photo.jpg"
    render = {"assets": assets, "kind": "headline", "format_name": "square", "image_type": image_type}
    picture.write_bytes(render_card(samples["bergzeitfahren"], **render | {"image_type": "jpeg"}).data)
    card = render_card(article, **render, photo=opened(picture.read_bytes()))
    path = tmp_path / card.file_name
    path.write_bytes(card.data)
    found = {name.removeprefix("XMP:"): value for name, value in read(path).items()}
    assert found["Headline"] == f"Barriers held {HOSTILE}"
    assert found["Description"].startswith("Barriers held /><evil")
    assert found["AltTextAccessibility"] == card.alt
    assert "Waves /><evil" in found["ExtDescrAccessibility"]
    assert found["Creator"] == ["Marian Fell", "Joseph Adeyemi-Cray"]
    assert found["Credit"] == f"Tom & Jo {HOSTILE} / The Harbour Post"
    # The photograph is itself a card, whose metadata holds its rights.
    assert found["Rights"] == "© 2026 The Harbour Post; © 2026 Tagesblatt am See"
    assert (found["Source"], found["Language"]) == (article.canonical_url, "en")
    assert (found["DigitalSourceType"], found["DateCreated"]) == (COMPOSITE, "2026:11:03")
    assert found["Identifier"] == "harbour-barriers/headline-square"

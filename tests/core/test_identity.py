"""Tests storycard.identity: what changes the version of a card, and what does not."""

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from types import MappingProxyType

import pytest

from storycard import identity
from storycard.article import Article, ArticleImage, PullQuote, QuestionAndAnswer, SocialHeadlines
from storycard.design.assets import Assets
from storycard.identity import card_version
from storycard.language.languages import load_languages

NOON = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)
ARTICLE = Article(
    id="harbour",
    headline="Barriers held",
    language="en",
    bullets=("Five gates closed", "Four winters of work"),
    quotes=(PullQuote("A wall gives no warning", "Ruth Pellow", "engineer"),),
    published_at=NOON,
    canonical_url="https://news.example/harbour",
)


@pytest.mark.parametrize(
    "change",
    [
        {"headline": "Barriers held."},
        {"deck": "For eleven hours"},
        {"social_headlines": SocialHeadlines(x="They held")},
        {"kicker": "Floods"},
        {"language": "en-GB"},
        {"pull_line": "No warning"},
        {"bullets": ("Four winters of work", "Five gates closed")},
        {"quotes": (PullQuote("A wall gives no warning", "Ruth Pellow", "coastal engineer"),)},
        {"quotes": (PullQuote("A wall gives no warning", "Ruth A. Pellow", "engineer"),)},
        {"questions": (QuestionAndAnswer("Who pays?", "The state pays."),)},
        {"image": ArticleImage(url="https://news.example/wall.jpg")},
        {"brand": "The Harbour Post"},
        {"paid": True},
        {"published_at": datetime(2026, 11, 4, 12, 0, tzinfo=UTC)},
        {"published_at": None},
        {"section": "Climate"},
        {"label": "live"},
        {"canonical_url": "https://another.example/harbour"},  # shown on a carousel's last slide
        {"canonical_url": "https://news.example/harbour-again"},  # in the file's metadata
        {"byline": ("Marian Fell",)},
        {"image": ArticleImage(url="https://news.example/a.jpg", alt="A wall")},
    ],
)
def test_changes_with_everything_a_card_shows(change: dict[str, object], assets: Assets) -> None:
    assert card_version(replace(ARTICLE, **change), assets) != card_version(ARTICLE, assets)


@pytest.mark.parametrize(
    "change",
    [
        {"updated_at": NOON},
        {"status": "withdrawn"},
        {"embargo_until": NOON},
        {"summary": "Barriers held through the highest tide"},
        {"published_at": NOON.replace(hour=18)},
    ],
)
def test_does_not_change_with_other_fields(change: dict[str, object], assets: Assets) -> None:
    assert card_version(replace(ARTICLE, **change), assets) == card_version(ARTICLE, assets)


def test_changes_with_the_time_on_the_label_of_a_live_story(assets: Assets) -> None:
    east = NOON.astimezone(timezone(timedelta(hours=2)))
    for label, count in (("live", 2), ("breaking", 1)):
        versions = {
            card_version(replace(ARTICLE, label=label, updated_at=time), assets) for time in (east, east + timedelta(minutes=1))
        }
        assert len(versions) == count


def test_changes_with_name_and_content_of_theme(assets: Assets) -> None:
    broadsheet = assets.theme_tables["broadsheet"]
    repainted = replace(assets, theme_tables={"broadsheet": broadsheet | {"title": "Other"}})
    renamed = replace(assets, themes={"evening": assets.themes["broadsheet"]}, theme_tables={"evening": broadsheet})
    versions = {card_version(ARTICLE, assets), card_version(ARTICLE, repainted), card_version(ARTICLE, renamed, "evening")}
    assert len(versions) == 3


def test_changes_with_brand(assets: Assets) -> None:
    renamed = replace(assets, brands={"storycard": replace(assets.brand(""), digest="another")})
    assert card_version(ARTICLE, assets) != card_version(ARTICLE, renamed)


def test_changes_with_labels_of_its_language(assets: Assets, tmp_path: Path) -> None:
    shutil.copytree(assets.folder / "languages", tmp_path, dirs_exist_ok=True)
    versions = [card_version(ARTICLE, assets)]
    for name in ("de", "en"):
        path = tmp_path / f"{name}.toml"
        path.write_text(path.read_text("utf-8").replace('live = "Live"', 'live = "Now"'), "utf-8")
        versions.append(card_version(ARTICLE, replace(assets, languages=load_languages(tmp_path))))
    usual, german, english = versions
    assert usual == german != english


def test_changes_with_photograph(assets: Assets) -> None:
    versions = {card_version(ARTICLE, assets, photo_sha256=photo) for photo in ("", "a" * 64, "b" * 64)}
    assert len(versions) == 3


def test_changes_once_when_the_story_becomes_old(assets: Assets) -> None:
    days = [date(2026, 11, 4), date(2027, 11, 3), date(2027, 11, 4), date(2029, 1, 1)]
    fresh, year_later, *old = [card_version(ARTICLE, assets, today=day) for day in days]
    assert fresh == year_later == card_version(ARTICLE, assets)
    assert len({fresh, *old}) == 2


def test_changes_with_fonts_and_formats(assets: Assets) -> None:
    redrawn = replace(assets, fonts=replace(assets.fonts, digest="another"))
    taller = replace(assets, formats=MappingProxyType({**assets.formats, "og": replace(assets.formats["og"], height=631)}))
    assert len({card_version(ARTICLE, assets), card_version(ARTICLE, redrawn), card_version(ARTICLE, taller)}) == 3


def test_changes_with_renderer(assets: Assets, monkeypatch: pytest.MonkeyPatch) -> None:
    before = card_version(ARTICLE, assets)
    monkeypatch.setattr(identity, "RENDERER", "1.0.0-another")
    assert card_version(ARTICLE, assets) != before


def test_is_16_hex_digits(assets: Assets) -> None:
    version = card_version(ARTICLE, assets)
    assert len(version) == 16
    assert set(version) <= set("0123456789abcdef")


def test_is_the_same_in_every_process(assets: Assets) -> None:
    program = (
        "from pathlib import Path; from storycard.article import Article, PullQuote;"
        "from storycard.design.assets import load_assets;"
        "from storycard.identity import card_version;"
        "article = Article(id='a', headline='h', language='en', bullets=('b', 'c'), quotes=(PullQuote('q', 's', 'r'),));"
        f"print(card_version(article, load_assets(Path({str(assets.folder)!r}))))"
    )
    versions = {
        subprocess.run(
            [sys.executable, "-c", program], env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("0", "1", "4242")
    }
    assert len(versions) == 1

"""Compares cards with their golden images. `make goldens` redraws these: review each before committing it.

A golden stores the version of its card. Different pixels under the same version would be served under the same name, from caches.
"""

import io
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from storycard.article import Article, ArticleImage, Label
from storycard.design.assets import Assets
from storycard.identity import card_version
from storycard.ingest import read_native, split_articles
from storycard.render import render_card
from support.paths import ROOT, SAMPLES
from support.photographs import photo
from support.pixel_comparison import amplified, compare

GOLDENS = Path(__file__).parent / "goldens"
FAILURES = ROOT / "tests" / "failures"
SCRIPTS = SAMPLES / "scripts.jsonl"


@dataclass(frozen=True, slots=True)
class Golden:
    """One card. Without a `theme` it has the brand's own and is stored at half size; with one it is stored at a quarter."""

    article_id: str
    kind: str
    format: str
    theme: str = ""
    photo: bool = False
    label: Label = ""

    def __str__(self) -> str:
        parts = (self.theme, self.article_id, self.kind, self.format, "photo" if self.photo else "", self.label)
        return "-".join(filter(None, parts))


# Each sample in each kind. Together they have every shape of format, short and long texts, and a card with a narrow margin.
SAMPLE_CARDS = (
    Golden("harbour-barriers", "headline", "og"),
    Golden("harbour-barriers", "bullet", "portrait"),
    Golden("harbour-barriers", "quote", "square"),
    Golden("bergzeitfahren", "headline", "story"),
    Golden("bergzeitfahren", "bullet", "x"),
    Golden("bergzeitfahren", "quote", "pin"),
    Golden("nichnyi-orhan", "headline", "tall"),
    Golden("nichnyi-orhan", "bullet", "square"),
    Golden("nichnyi-orhan", "quote", "story"),
    Golden("harbour-barriers", "question-3", "square"),
)
# Each theme in each kind, with a photograph in each placement; then Arabic, Japanese, a label, and a carousel's last slide.
THEMES = (
    Golden("harbour-barriers", "headline", "square", "broadsheet", photo=True),
    Golden("bergzeitfahren", "bullet", "story", "broadsheet"),
    Golden("nichnyi-orhan", "quote", "linkedin", "broadsheet"),
    Golden("bergzeitfahren", "headline", "og", "nightdesk", photo=True),
    Golden("nichnyi-orhan", "bullet", "tall", "nightdesk"),
    Golden("harbour-barriers", "quote", "portrait", "nightdesk"),
    Golden("nichnyi-orhan", "headline", "portrait", "bulletin", photo=True),
    Golden("harbour-barriers", "bullet", "square", "bulletin"),
    Golden("bergzeitfahren", "quote", "x", "bulletin"),
    Golden("nichnyi-orhan", "headline", "og", "frontline", photo=True),
    Golden("bergzeitfahren", "bullet", "pin", "frontline", photo=True),
    Golden("harbour-barriers", "quote", "story", "frontline", photo=True),
    Golden("bergzeitfahren", "headline", "pin", "civic", photo=True),
    Golden("nichnyi-orhan", "bullet", "linkedin", "civic"),
    Golden("harbour-barriers", "quote", "tall", "civic"),
    Golden("nichnyi-orhan", "headline", "x", "clarity", photo=True),
    Golden("harbour-barriers", "bullet", "portrait", "clarity"),
    Golden("bergzeitfahren", "quote", "square", "clarity"),
    Golden("harbour-barriers", "headline", "tall", "weekend", photo=True),
    Golden("nichnyi-orhan", "bullet", "square", "weekend"),
    Golden("bergzeitfahren", "quote", "og", "weekend"),
    Golden("script-ar", "headline", "square", "frontline", photo=True),
    Golden("script-ja", "quote", "portrait", "nightdesk"),
    Golden("harbour-barriers", "headline", "og", "bulletin", label="breaking"),
    Golden("harbour-barriers", "carousel-7", "square", "civic"),
)
CARDS = (*SAMPLE_CARDS, *THEMES)


@pytest.fixture(scope="module")
def articles(samples: dict[str, Article]) -> dict[str, Article]:
    """Returns the sample articles by ID, including those in samples/scripts.jsonl."""
    scripts = [read_native(line) for _, line in split_articles(SCRIPTS.read_bytes())]
    return samples | {article.id: article for article in scripts}


@pytest.mark.parametrize("golden", CARDS, ids=str)
def test_card_matches_golden(
    golden: Golden, assets: Assets, articles: dict[str, Article], request: pytest.FixtureRequest
) -> None:
    article = replace(articles[golden.article_id], label=golden.label, image=ArticleImage(credit="Marta Brandt / Coast Pictures"))
    actual = drawn(golden, article, assets)
    path = GOLDENS / f"{golden}.png"
    if request.config.getoption("--update-goldens"):
        version = card_version(article, assets, golden.theme or None)
        assert not changed_without_new_version(actual, path, version), (
            "the pixels changed but the version did not: increase RENDERER in storycard/__init__.py"
        )
        GOLDENS.mkdir(exist_ok=True)
        info = PngInfo()
        info.add_text("version", version)
        actual.save(path, optimize=True, pnginfo=info)
    with Image.open(path) as picture:
        expected = picture.convert("RGB")
    try:
        difference = compare(actual, expected)
        assert difference.small, f"differs most in {difference.worst}"
    except AssertionError as reason:
        raise AssertionError(f"{reason}\nsee {save_failure(str(golden), actual, expected)}") from None


def changed_without_new_version(actual: Image.Image, path: Path, version: str) -> bool:
    """Returns whether the golden at `path` has the same version but other pixels."""
    if not path.exists():
        return False
    with Image.open(path) as kept:
        return kept.info.get("version") == version and not compare(actual, kept.convert("RGB")).small


def drawn(golden: Golden, article: Article, assets: Assets) -> Image.Image:
    """Renders a card at the size of its golden."""
    picture = photo() if golden.photo else None
    theme = golden.theme or None
    card = render_card(article, golden.kind, golden.format, assets, theme=theme, image_type="png", photo=picture)
    with Image.open(io.BytesIO(card.data)) as image:
        return image.convert("RGB").reduce(4 if golden.theme else 2)


def save_failure(name: str, actual: Image.Image, expected: Image.Image) -> Path:
    """Writes actual, expected and difference to tests/failures; returns the path of the difference."""
    FAILURES.mkdir(exist_ok=True)
    pictures = {"actual": actual, "expected": expected, "diff": amplified(actual, expected)}
    for suffix, picture in pictures.items():
        picture.save(FAILURES / f"{name}-{suffix}.png")
    return FAILURES / f"{name}-diff.png"


def test_every_golden_has_a_card() -> None:
    assert {path.stem for path in GOLDENS.iterdir()} == {str(golden) for golden in CARDS}

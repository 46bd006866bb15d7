"""Cards as they were last looked at, made smaller. `make goldens` draws them anew: look at each before committing it.

Each keeps the version that its card had: another picture under the same version would be served under the same name.
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
from storycard.ingest import read_article, split_articles
from storycard.render import render_card
from support.paths import ROOT, SAMPLES
from support.photographs import photo
from support.pixel_comparison import amplified, compare

GOLDENS = Path(__file__).parent / "goldens"
FAILURES = ROOT / "tests" / "failures"
SCRIPTS = SAMPLES / "scripts.jsonl"


@dataclass(frozen=True, slots=True)
class Golden:
    """One card: `theme` "" is the brand's own, at half size; those in a theme are for its looks, and a quarter will do."""

    article_id: str
    kind: str
    format: str
    theme: str = ""
    photo: bool = False
    label: Label = ""

    def __str__(self) -> str:
        parts = (self.theme, self.article_id, self.kind, self.format, "photo" if self.photo else "", self.label)
        return "-".join(filter(None, parts))


# Each sample in each kind; between them every shape of format, short and long texts, and a card with too little margin.
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
)
# Each theme in each kind, a photograph in each place that one can have; then Arabic, Japanese, a label, a last slide.
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
    Golden("script-ar", "headline", "square", "frontline", photo=True),
    Golden("script-ja", "quote", "portrait", "nightdesk"),
    Golden("harbour-barriers", "headline", "og", "bulletin", label="breaking"),
    Golden("harbour-barriers", "carousel-7", "square", "civic"),
)
CARDS = (*SAMPLE_CARDS, *THEMES)


@pytest.fixture(scope="module")
def articles(samples: dict[str, Article]) -> dict[str, Article]:
    """The sample articles by ID, those of every script among them."""
    scripts = [read_article(line, "native") for _, line in split_articles(SCRIPTS.read_bytes())]
    return samples | {article.id: article for article in scripts}


@pytest.mark.parametrize("golden", CARDS, ids=str)
def test_a_card_looks_as_it_did(
    golden: Golden, assets: Assets, articles: dict[str, Article], request: pytest.FixtureRequest
) -> None:
    article = replace(articles[golden.article_id], label=golden.label, image=ArticleImage(credit="Marta Brandt / Coast Pictures"))
    actual = drawn(golden, article, assets)
    path = GOLDENS / f"{golden}.png"
    if request.config.getoption("--update-goldens"):
        version = card_version(article, assets, golden.theme or None)
        assert not named_alike(actual, path, version), (
            "raise RENDERER in storycard/__init__.py: cards of that name look otherwise"
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


def named_alike(actual: Image.Image, path: Path, version: str) -> bool:
    """Whether another picture is kept at `path` as what that version looks like."""
    if not path.exists():
        return False
    with Image.open(path) as kept:
        return kept.info.get("version") == version and not compare(actual, kept.convert("RGB")).small


def drawn(golden: Golden, article: Article, assets: Assets) -> Image.Image:
    """A card as it is kept."""
    picture = photo() if golden.photo else None
    theme = golden.theme or None
    card = render_card(article, golden.kind, golden.format, assets, theme=theme, image_type="png", photo=picture)
    with Image.open(io.BytesIO(card.data)) as image:
        return image.convert("RGB").reduce(4 if golden.theme else 2)


def save_failure(name: str, actual: Image.Image, expected: Image.Image) -> Path:
    """Write the pictures of a failed comparison where they can be looked at; the path of their difference."""
    FAILURES.mkdir(exist_ok=True)
    pictures = {"actual": actual, "expected": expected, "diff": amplified(actual, expected)}
    for suffix, picture in pictures.items():
        picture.save(FAILURES / f"{name}-{suffix}.png")
    return FAILURES / f"{name}-diff.png"


def test_no_golden_is_left_over() -> None:
    assert {path.stem for path in GOLDENS.iterdir()} == {str(golden) for golden in CARDS}

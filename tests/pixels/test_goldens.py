"""Cards as they were last looked at, at half size. `make goldens` draws them anew: look at each before committing it."""

import io
from pathlib import Path

import pytest
from comparison import amplified, compare
from PIL import Image

from storycard.article import Article
from storycard.assets import Assets
from storycard.render import render_card

GOLDENS = Path(__file__).parent / "goldens"
FAILURES = Path(__file__).parents[1] / "failures"

# Each sample in each kind; between them every shape of format, short and long texts, and a card with too little margin.
CARDS = [
    ("harbour-barriers", "headline", "og"),
    ("harbour-barriers", "bullet", "portrait"),
    ("harbour-barriers", "quote", "square"),
    ("bergzeitfahren", "headline", "story"),
    ("bergzeitfahren", "bullet", "x"),
    ("bergzeitfahren", "quote", "pin"),
    ("nichnyi-orhan", "headline", "tall"),
    ("nichnyi-orhan", "bullet", "square"),
    ("nichnyi-orhan", "quote", "story"),
]


@pytest.mark.parametrize(("article_id", "kind", "format_name"), CARDS)
def test_a_card_looks_as_it_did(
    article_id: str, kind: str, format_name: str, assets: Assets, samples: dict[str, Article], request: pytest.FixtureRequest
) -> None:
    card = render_card(samples[article_id], kind, format_name, assets, image_type="png")
    with Image.open(io.BytesIO(card.data)) as picture:
        actual = picture.convert("RGB").reduce(2)
    name = f"{article_id}-{kind}-{format_name}"
    golden = GOLDENS / f"{name}.png"
    if request.config.getoption("--update-goldens"):
        GOLDENS.mkdir(exist_ok=True)
        actual.save(golden, optimize=True)
    with Image.open(golden) as picture:
        expected = picture.convert("RGB")
    try:
        difference = compare(actual, expected)
        assert difference.small, f"differs most in {difference.worst}"
    except AssertionError as reason:
        raise AssertionError(f"{reason}\nsee {save_failure(name, actual, expected)}") from None


def save_failure(name: str, actual: Image.Image, expected: Image.Image) -> Path:
    """Write the pictures of a failed comparison where they can be looked at; the path of their difference."""
    FAILURES.mkdir(exist_ok=True)
    pictures = {"actual": actual, "expected": expected, "diff": amplified(actual, expected)}
    for suffix, picture in pictures.items():
        picture.save(FAILURES / f"{name}-{suffix}.png")
    return FAILURES / f"{name}-diff.png"


def test_no_golden_is_left_over() -> None:
    assert {path.stem for path in GOLDENS.iterdir()} == {"-".join(card) for card in CARDS}

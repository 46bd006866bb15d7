"""Checks cards of every theme, kind and format, in three scripts, with short and overlong text, with and without photographs."""

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from storycard.article import Article, ArticleImage, PullQuote, QuestionAndAnswer
from storycard.design.assets import Assets
from storycard.design.formats import load_formats
from storycard.editing.carousel import slide_kinds
from storycard.errors import CardSkipped
from storycard.ingest import read_native, split_articles
from storycard.layout.card import lay_out
from storycard.painting.logo_files import logo_drawer
from storycard.painting.rgb import paint
from support.card_faults import faults, stray_ink, unreadable
from support.paths import ASSETS, SAMPLES, THEMES
from support.photographs import PICTURES, photo

FORMATS = tuple(load_formats(ASSETS / "formats.toml"))
KINDS = ("headline", "bullet", "quote", "question", "end")  # the last is the last slide of a carousel
LANGUAGES = {"Latin": "en", "Arabic": "ar", "Han": "zh-Hans"}
LENGTHS = ("short", "typical", "longest")
PHOTOS = ("none", *PICTURES)
ARTICLES = {
    article.language: article
    for _, line in split_articles((SAMPLES / "scripts.jsonl").read_bytes())
    for article in [read_native(line)]
}
SHORT = {"en": "No", "ar": "لا", "zh-Hans": "不"}


@dataclass(frozen=True, slots=True)
class Case:
    """One card to check."""

    theme: str
    kind: str
    format: str
    language: str
    length: str
    photo: str

    def __str__(self) -> str:
        return "-".join((self.theme, self.kind, self.format, self.language, self.length, self.photo))


def article_of(language: str, length: str) -> Article:
    """Returns the sample in this language, with its texts as they are, a word each, or as long as an Article allows."""
    asked = QuestionAndAnswer(f"{ARTICLES[language].headline}?", ARTICLES[language].bullets[0])
    sample = replace(
        ARTICLES[language], questions=(asked,), image=ArticleImage(credit="Ana Lima / Agentur Küstenlicht"), section="Coast"
    )
    said = sample.quotes[0]
    if length == "short":
        word = SHORT[language]
        return replace(
            sample,
            headline=word,
            kicker="",
            bullets=(word,),
            quotes=(PullQuote(word, word),),
            questions=(QuestionAndAnswer(word, word),),
            brand="Io",
        )
    sample = replace(sample, deck=sample.bullets[0])
    if length == "typical":
        return sample
    gap = "" if language.startswith("zh") else " "

    def repeated(text: str, most: int) -> str:
        return gap.join([text] * (most // (len(text) + 1)))

    return replace(
        sample,
        headline=repeated(sample.headline, 1000),
        deck=repeated(sample.bullets[0], 1000),
        kicker=repeated(sample.kicker, 120),
        bullets=(repeated(sample.bullets[0], 1000),),
        questions=(QuestionAndAnswer(repeated(asked.question, 1000), repeated(asked.answer, 1000)),),
        quotes=(PullQuote(said.text, repeated(said.speaker, 300), repeated(said.role, 300)),),
        image=ArticleImage(credit="Ana Lima / Agentur Küstenlicht / " * 8),
        canonical_url="https://" + "a-very-long-name-of-a-newspaper." * 5 + "example/",
        brand="The Very Long Name of a Newspaper and Advertiser",
        label="correction",
    )


def faults_of(case: Case, assets: Assets) -> Iterator[str]:
    """Yields the faults of one card's layout and pixels."""
    article, card_format = article_of(case.language, case.length), assets.formats[case.format]
    picture = None if case.photo == "none" else photo(case.photo)
    context = assets.render_context(article, case.theme, photo=picture)
    kinds = {"end": slide_kinds(article, context.language)[-1], "question": "question-1"}
    kind = kinds.get(case.kind, case.kind)
    try:
        scene = lay_out(article, kind, card_format, context, assets.fonts)
    except CardSkipped as reason:
        if case.length != "longest" or case.kind not in ("bullet", "quote", "question"):  # which are never cut
            yield str(reason)
        return
    yield from faults(scene, card_format, context.theme, article.language, assets)
    yield from stray_ink(scene)
    yield from unreadable(scene, paint(scene, logo_drawer(assets.logo_folder), picture).contrasts)
    has_place = case.kind == "headline"
    has_room = case.length == "short" or (case.length == "typical" and case.kind == "headline")
    if picture and has_place and has_room and not scene.photograph:
        yield "no photograph, although there is room for one"


def sampled_cases() -> Iterator[Case]:
    """Yields each theme in each format, with all kinds in turn; language, length and photograph are random with a fixed seed."""
    dice = random.Random(4)
    for (place, theme), (column, format_name) in itertools.product(enumerate(THEMES), enumerate(FORMATS)):
        rest = (dice.choice(values) for values in (tuple(LANGUAGES.values()), LENGTHS, PHOTOS))
        yield Case(theme, KINDS[(place + column) % len(KINDS)], format_name, *rest)


@pytest.mark.parametrize("theme", THEMES)
def test_sample_of_all_cards(theme: str, assets: Assets) -> None:
    cases = [case for case in sampled_cases() if case.theme == theme]
    assert [f"{case}: {fault}" for case in cases for fault in faults_of(case, assets)] == []


@pytest.mark.slow
@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("theme", THEMES)
def test_every_card(theme: str, format_name: str, assets: Assets) -> None:
    rest = itertools.product(KINDS, LANGUAGES.values(), LENGTHS, PHOTOS)
    cases = [Case(theme, kind, format_name, *others) for kind, *others in rest]
    assert [f"{case}: {fault}" for case in cases for fault in faults_of(case, assets)] == []

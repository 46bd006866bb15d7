"""Renders out/preview/index.html: the samples in every theme, kind, format and language, each card also at its size in a feed."""

import itertools
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from html import escape

from storycard.article import Article, ArticleImage
from storycard.design.assets import Assets, load_assets
from storycard.design.formats import Format
from storycard.design.kinds import KINDS
from storycard.editing.carousel import slide_kinds
from storycard.editing.questions import question_kinds
from storycard.errors import CardSkipped
from storycard.ingest import read_native, split_articles
from storycard.render import render_card
from support.paths import ASSETS, ROOT, SAMPLES
from support.photographs import photo

PREVIEW = ROOT / "out" / "preview"
FEED_PX = 400  # the width at which a phone's feed shows a card
WHOLE_SET = "harbour-barriers"  # the article shown in every kind and format; the others show their languages
CREDIT = ArticleImage(credit="Marta Brandt / Coast Pictures")

HEAD = f"""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Storycard preview</title>
<style>
body {{ margin: 24px; background: #ddd; color: #222; font: 15px/1.4 system-ui, sans-serif }}
label {{ position: fixed; top: 0; right: 0; z-index: 1; padding: 8px 16px; background: #222; color: #fff }}
summary {{ font-size: 24px; cursor: pointer }}
figure {{ display: flex; flex-wrap: wrap; align-items: start; gap: 24px; margin: 0 0 48px }}
figcaption {{ width: 100% }}
a {{ position: relative; overflow: hidden; max-width: calc(100% - {FEED_PX + 24}px) }}
a + a {{ flex: none; width: {FEED_PX}px; max-width: none }}
img {{ display: block; max-width: 100%; height: auto }}
i {{ position: absolute; outline: 4096px solid #ff3b0055; pointer-events: none }}
body:has(#covered:not(:checked)) i {{ display: none }}
</style>
<label><input type="checkbox" id="covered"> areas that platforms cover</label>
"""


@dataclass(frozen=True, slots=True)
class PreviewCard:
    """One card of the page."""

    theme: str
    article: Article
    kind: str
    format: str
    with_photo: bool


def main() -> None:
    """Renders all cards and the page, and prints its path."""
    assets = load_assets(ASSETS)
    cards = list(preview_cards(assets))
    PREVIEW.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor() as pool:
        drawn = list(zip(cards, pool.map(figure, cards, chunksize=8), strict=True))
    page = PREVIEW / "index.html"
    page.write_text(HEAD + "\n".join(sections(drawn)), "utf-8")
    print(page)


def preview_cards(assets: Assets) -> Iterator[PreviewCard]:
    """Yields for each theme all cards of one article and three of every other, with a photograph and without."""
    whole, *others = sample_articles()
    language = assets.languages.of(whole.language)
    kinds = (*KINDS, *question_kinds(whole, language), *slide_kinds(whole, language))
    for theme in assets.themes:
        for kind, name, with_photo in itertools.product(kinds, assets.formats, (False, True)):
            if kind in KINDS or name == "square":
                yield PreviewCard(theme, whole, kind, name, with_photo)
        formats = itertools.cycle(assets.formats)
        for article, kind in itertools.product(others, KINDS):
            name = next(formats)
            yield PreviewCard(theme, article, kind, name, with_photo=False)
            yield PreviewCard(theme, article, kind, name, with_photo=True)


def sample_articles() -> list[Article]:
    """Returns every article in samples/, WHOLE_SET first."""
    documents = [path.read_bytes() for path in sorted(SAMPLES.glob("*.json"))]
    for path in sorted(SAMPLES.glob("*.jsonl")):
        documents += [line for _, line in split_articles(path.read_bytes())]
    articles = [replace(read_native(document), image=CREDIT) for document in documents]
    return sorted(articles, key=lambda article: article.id != WHOLE_SET)


def figure(spec: PreviewCard) -> str:
    """Renders one card and returns its HTML; a note instead if the article has no such card."""
    assets = assets_of_this_process()
    picture = photo() if spec.with_photo else None
    try:
        card = render_card(spec.article, spec.kind, spec.format, assets, theme=spec.theme, photo=picture)
    except CardSkipped as reason:
        return f"<p>{escape(str(reason))}"
    folder = PREVIEW / spec.theme / spec.article.id / ("photo" if spec.with_photo else "plain")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / card.file_name
    path.write_bytes(card.data)
    link = path.relative_to(PREVIEW).as_posix()
    image = f'<img src="{link}" width="{card.width}" height="{card.height}" loading="lazy" alt="{escape(card.alt)}">'
    caption = f"{card.kind}, {card.format}, {card.width} × {card.height}, {len(card.data) // 1000} KB"
    linked = f'<a href="{link}">{image}{covered(assets.formats[card.format])}</a>'
    return f'<figure lang="{spec.article.language}"><figcaption lang="en">{caption}</figcaption>{linked}{linked}</figure>'


@cache
def assets_of_this_process() -> Assets:
    return load_assets(ASSETS)


def covered(card_format: Format) -> str:
    """Returns the HTML of the area that a platform covers, in shares of the card so that it fits both sizes; "" for none."""
    safe, width, height = card_format.safe, card_format.width, card_format.height
    sides = (safe.top / height, safe.right / width, safe.bottom / height, safe.left / width)
    return f'<i style="inset:{" ".join(f"{side:.2%}" for side in sides)}"></i>' if any(sides) else ""


def sections(drawn: Iterable[tuple[PreviewCard, str]]) -> Iterator[str]:
    """Yields a collapsed section of the page for each theme, with its articles."""
    for theme, cards in itertools.groupby(drawn, lambda pair: pair[0].theme):
        yield f"<details><summary>{escape(theme)}</summary>"
        for article, figures in itertools.groupby(cards, lambda pair: pair[0].article):
            yield f'<h2 lang="{article.language}">{escape(article.headline)}</h2>'
            yield from (figure for _, figure in figures)
        yield "</details>"


if __name__ == "__main__":
    main()

"""The sample articles into out/preview/index.html: every kind, format and theme at feed size, a click from full size."""

from collections.abc import Iterator
from html import escape
from pathlib import Path

from storycard.article import Article
from storycard.assets import Assets, load_assets
from storycard.ingest import read_article, split_articles
from storycard.render import Card, render_set

ROOT = Path(__file__).parents[1]
PREVIEW = ROOT / "out" / "preview"
FEED_PX = 400  # the width at which a phone's feed shows a card

HEAD = f"""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Storycard preview</title>
<style>
body {{ margin: 24px; background: #ddd; color: #222; font: 15px/1.4 system-ui, sans-serif }}
section {{ display: flex; flex-wrap: wrap; align-items: start; gap: 16px; margin-bottom: 48px }}
figure {{ margin: 0 }}
img {{ display: block; width: {FEED_PX}px; height: auto }}
</style>
"""


def main() -> None:
    """Draw everything anew and say where it is."""
    assets = load_assets(ROOT / "assets")
    PREVIEW.mkdir(parents=True, exist_ok=True)
    sections = [section(article, theme, assets) for theme in assets.themes for article in sample_articles()]
    page = PREVIEW / "index.html"
    page.write_text(HEAD + "\n".join(sections), "utf-8")
    print(page)


def sample_articles() -> Iterator[Article]:
    """Every article in samples/."""
    for path in sorted((ROOT / "samples").glob("*.json")):
        yield read_article(path.read_bytes(), "native")
    for path in sorted((ROOT / "samples").glob("*.jsonl")):
        for _, line in split_articles(path.read_bytes()):
            yield read_article(line, "native")


def section(article: Article, theme: str, assets: Assets) -> str:
    """One article's cards in one theme, written beside the page."""
    folder = PREVIEW / theme / article.id
    folder.mkdir(parents=True, exist_ok=True)
    card_set = render_set(article, assets, theme=theme)
    figures = [figure(card, folder) for card in card_set.cards]
    skipped = [f"<li>{escape(str(reason))}" for reason in card_set.skipped]
    title = escape(f"{theme}: {article.headline}")
    return f'<h2 lang="{article.language}">{title}</h2>\n<ul>{"".join(skipped)}</ul>\n<section>{"".join(figures)}</section>'


def figure(card: Card, folder: Path) -> str:
    """One card on the page."""
    path = folder / card.file_name
    path.write_bytes(card.data)
    link = path.relative_to(PREVIEW).as_posix()
    caption = f"{card.kind}, {card.format}, {card.width} × {card.height}, {len(card.data) // 1000} KB"
    image = f'<img src="{link}" width="{card.width}" height="{card.height}" loading="lazy" alt="{escape(card.alt)}">'
    return f'<figure><a href="{link}">{image}</a><figcaption>{caption}</figcaption></figure>'


if __name__ == "__main__":
    main()

"""Tests the bars behind the lines of a headline: no letter of any script is lost beside them, and bars never merge."""

import itertools

from storycard.article import Article
from storycard.design.assets import Assets
from storycard.ingest import read_native, split_articles
from storycard.layout.card import lay_out
from support.card_faults import ink_boxes
from support.paths import SAMPLES

YELLOW = "#ffd60a"
POKE = 0.025  # em: the tail of a letter may reach so far below its bar
GAP = 0.02  # em: between two bars


def uncovered(top: float, bottom: float, bars: list[tuple[float, float]]) -> float:
    """Returns how many px from `top` to `bottom` are on no bar."""
    lost = 0.0
    for start, end in sorted(bars):
        lost += max(0.0, min(start, bottom) - top)
        top = max(top, min(end, bottom))
    return lost + max(0.0, bottom - top)


def test_letters_of_every_script_are_on_bars_with_gaps_between_them(assets: Assets) -> None:
    lost, touching = [], []
    for _, line in split_articles((SAMPLES / "scripts.jsonl").read_bytes()):
        article = read_native(line)
        context = assets.render_context(article, "bulletin")
        scene = lay_out(article, "headline", assets.formats["og"], context, assets.fonts)
        (headline,) = (text for text in scene.texts if text.role == "headline")
        edge = scene.width if context.language.rtl else 0
        bars = [(rule.rect.y, rule.rect.bottom) for rule in scene.rules if edge in (rule.rect.x, rule.rect.right)]
        for box in ink_boxes(headline):
            px = uncovered(box.y, box.bottom, bars)
            if px > POKE * headline.font_px:
                lost.append((article.language, round(px / headline.font_px, 2)))
        for (_, upper), (lower, _) in itertools.pairwise(bars):
            if lower - upper < GAP * headline.font_px:
                touching.append((article.language, round((lower - upper) / headline.font_px, 2)))
    assert lost == []
    assert touching == []


def test_bars_around_high_letters_stay_clear_of_the_kicker(assets: Assets) -> None:
    for language, headline, name in itertools.product(("ar", "fa"), ("صمود", "استعفا"), ("og", "x", "square")):
        article = Article(id="a", language=language, kicker="فيضانات", headline=headline, label="breaking")
        scene = lay_out(article, "headline", assets.formats[name], assets.render_context(article, "bulletin"), assets.fonts)
        kicker = next(text for text in scene.texts if text.role == "kicker")
        bars = [rule.rect for rule in scene.rules if rule.colour == YELLOW]
        assert min(bar.y for bar in bars) >= kicker.box.bottom


def test_ideographs_and_syllables_stand_in_the_middle_of_their_bars(assets: Assets) -> None:
    found = {}
    for _, line in split_articles((SAMPLES / "scripts.jsonl").read_bytes()):
        article = read_native(line)
        if article.language not in ("zh-Hans", "zh-Hant", "ja", "ko"):
            continue
        context = assets.render_context(article, "bulletin")
        scene = lay_out(article, "headline", assets.formats["square"], context, assets.fonts)
        headline = next(text for text in scene.texts if text.role == "headline")
        bar = min((rule.rect for rule in scene.rules if rule.colour == YELLOW), key=lambda rect: rect.y)
        above, below = (max(getattr(placed.line.ink, side) for placed in headline.lines) for side in ("above", "below"))
        over = (headline.lines[0].baseline - bar.y) / headline.font_px - above
        found[article.language] = over, bar.height / headline.font_px - over - above - below
    assert len(found) == 4
    assert {name: gaps for name, gaps in found.items() if min(gaps) < 0.02 or abs(gaps[0] - gaps[1]) > 0.02} == {}

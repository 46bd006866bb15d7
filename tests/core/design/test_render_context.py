"""Tests storycard.design.render_context: label, age, photo credit, link and logo."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from storycard.article import Article, ArticleImage
from storycard.design.assets import Assets
from storycard.design.render_context import RenderContext

PUBLISHED = date(2025, 6, 1)
ARTICLE = Article(id="a", headline="H", language="en", published_at=datetime(2025, 6, 1, 23, tzinfo=UTC))


@pytest.fixture
def context(assets: Assets) -> RenderContext:
    return assets.render_context(ARTICLE, today=PUBLISHED + timedelta(3000))


@pytest.mark.parametrize(
    ("fields", "label"),
    [
        ({"paid": True, "label": "breaking"}, "Paid content"),
        ({"label": "correction"}, "Correction"),
        ({"label": "breaking"}, "Breaking"),
        ({"label": "live"}, "Live"),
        ({}, "2025"),
        ({"published_at": None}, ""),
    ],
)
def test_label_is_the_most_important_one(fields: dict[str, object], label: str, context: RenderContext) -> None:
    assert context.label(replace(ARTICLE, **fields)) == label


@pytest.mark.parametrize(
    ("language", "updated", "label"),
    [
        ("en-GB", "2026-11-03T14:05:00+02:00", "Live 14:05"),
        ("en", "2026-11-03T14:05:00-05:00", "Live 2:05\u202fPM"),
        ("ja", "2026-11-03T09:05:00+09:00", "ライブ 9:05"),
        ("fa", "2026-11-03T14:05:00+03:30", "زنده ۱۴:۰۵"),
        ("en-GB", "2026-11-03T14:05:00+00:00", "Live"),  # whose clock that is, nobody knows
        ("en-GB", None, "Live"),
    ],
)
def test_live_label_has_the_newsroom_s_time(language: str, updated: str | None, label: str, assets: Assets) -> None:
    live = Article(id="a", headline="H", language=language, label="live", updated_at=updated and datetime.fromisoformat(updated))
    assert assets.render_context(live).label(live) == label


def test_story_is_old_on_the_day_after_the_limit_of_its_brand(context: RenderContext) -> None:
    days = context.brand.old_after_days
    for age, year in ((0, None), (days, None), (days + 1, 2025)):
        assert replace(context, today=PUBLISHED + timedelta(age)).old_year(ARTICLE) == year


def test_no_story_is_old_without_today_or_limit(context: RenderContext) -> None:
    assert replace(context, today=None).old_year(ARTICLE) is None
    assert replace(context, brand=replace(context.brand, old_after_days=0)).old_year(ARTICLE) is None


def test_photo_credit_follows_pattern_of_brand(context: RenderContext) -> None:
    taken = replace(ARTICLE, image=ArticleImage(credit="Ana {credit} Lima"))

    def credit(rule: str, article: Article) -> str:
        return replace(context, brand=replace(context.brand, photo_credit=rule)).credit(article)

    assert credit("Photo: {credit}", taken) == "Photo: Ana {credit} Lima"
    assert credit("", taken) == ""
    assert credit("Photo: {credit}", replace(ARTICLE, image=ArticleImage(url="https://a.example/b.jpg"))) == ""
    assert credit("Photo: {credit}", ARTICLE) == ""


@pytest.mark.parametrize(
    ("site", "address", "link"),
    [
        ("", "https://www.news.example/2026/a?b#c", "news.example"),
        ("", "https://news.example", "news.example"),
        ("post.example", "https://news.example/a", "post.example"),
        ("", "", ""),
    ],
)
def test_link_is_site_of_brand_or_host_of_article(site: str, address: str, link: str, context: RenderContext) -> None:
    brand = replace(context.brand, site=site)
    assert replace(context, brand=brand).link(replace(ARTICLE, canonical_url=address)) == link


def test_logo_is_the_one_for_the_background(assets: Assets, context: RenderContext) -> None:
    dark = context.brand.light._replace(file="dark.svg")
    brand = replace(context.brand, dark=dark)
    logos = {name: replace(context, theme=theme, brand=brand).logo(theme.ground) for name, theme in assets.themes.items()}
    on_dark = {name for name, logo in logos.items() if logo is dark}
    assert on_dark >= {"bulletin", "frontline", "nightdesk"}
    assert not on_dark & {"broadsheet", "civic", "clarity"}

"""Reads share pages with three npm packages, for articles in three scripts."""

import json
import re

import pytest

from support.consumers import run_script

ARTICLES = {
    "en": ("Harbour ferries run all night from Friday", "Six boats an hour & no queue: “finally”, says the desk", "en_US"),
    "ar": ("عبّارات الميناء تعمل طوال الليل ابتداءً من الجمعة", "ستة قوارب كل ساعة حتى الخامسة صباحًا", "ar_AR"),
    "ja": ("港のフェリー、金曜日から終夜運航へ", "午前5時まで1時間に6便が出る", "ja_JP"),
}

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def readings(system) -> dict[str, dict]:
    for language, (headline, deck, _) in ARTICLES.items():
        link = f"https://news.example/{language}/ferries"
        system.put(
            f"ferry-{language}", headline=headline, deck=deck, language=language, canonical_url=link, brand="The Ferry Post"
        )
    urls = [f"{system.base_url}/share/ferry-{language}" for language in ARTICLES]
    return dict(zip(ARTICLES, run_script("read.mjs", *urls), strict=True))


@pytest.mark.parametrize("language", ARTICLES)
def test_every_consumer_reads_the_page(system, readings, language):
    headline, deck, locale = ARTICLES[language]
    reading = readings[language]
    page = f"{system.base_url}/share/ferry-{language}"
    cards = json.loads(system.get(f"/cards/ferry-{language}").body)["cards"]
    [alt] = [card["alt"] for card in cards if (card["kind"], card["format"]) == ("headline", "og")]
    assert alt.startswith(headline)

    graph = reading["open-graph-scraper"]
    [image] = graph["ogImage"]
    assert re.fullmatch(rf"{system.base_url}/cards/ferry-{language}/[0-9a-f]{{16}}/headline/og\.(png|jpg)", image["url"])
    assert system.get(image["url"].removeprefix(system.base_url)).headers["content-type"] == image["type"]
    assert (image["width"], image["height"], image["alt"]) == ("1200", "630", alt)
    assert (graph["ogTitle"], graph["ogDescription"], graph["ogLocale"]) == (headline, deck, locale)
    assert (graph["ogSiteName"], graph["ogUrl"], graph["ogType"]) == ("The Ferry Post", page, "article")
    assert (graph["twitterCard"], graph["twitterImage"][0]["url"]) == ("summary_large_image", image["url"])

    unfurled = reading["unfurl.js"]
    shown = unfurled["open_graph"]
    [picture] = shown["images"]
    assert (picture["url"], picture["width"], picture["height"], picture["alt"]) == (image["url"], 1200, 630, alt)
    assert (shown["title"], shown["description"], shown["site_name"]) == (headline, deck, "The Ferry Post")
    assert shown["locale"] == locale
    assert (unfurled["oEmbed"]["type"], unfurled["oEmbed"]["title"]) == ("photo", headline)

    scraped = reading["metascraper"]
    assert (scraped["title"], scraped["description"], scraped["image"]) == (headline, deck, image["url"])
    assert (scraped["lang"], scraped["publisher"]) == (language, "The Ferry Post")
    assert scraped["url"] == page

"""Tests that readers and layout take linear time for text that could make a regular expression backtrack."""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from time import process_time

import pytest

from storycard.article import MAX_LINE, MAX_TEXT, Article, PullQuote
from storycard.design.assets import Assets
from storycard.errors import ArticleInvalid
from storycard.ingest import FORMATS, read_native
from storycard.render import render_set
from support.paths import SAMPLES
from support.reading import read_source

pytestmark = pytest.mark.slow

SIZE = 100_000  # bytes; a quadratic reader takes a minute
READING, DRAWING = 5.0, 10.0  # seconds of processor time; usually a tenth
MOST_SETS = 25  # ordinary sets of 120 ms in the three seconds that any article may take

BITS = [
    *" \t\n\u00a0\u2028\u200baAä字ا0.…!?,;:-—•*\"'\\“”«„([{}]<&/",
    "\ud800",
    "...",
    "--",
    "---",
    ", ",
    "; ",
    "— ",
    '\\"',
    "‚ ‘",
    "» ",
]
BITS += ["<a", "<!--", "-->", "<p>", "<b>x</b>", "</p>", "&amp;", "http://a/", ".html", "1 000 ", "A. ", "a, ", "A de ", "’s "]
BITS += ["photo by ", "Photo: ", "© ", "said ", "said, ", "Mr. ", "Ana Ruiz ", "“a,” ", "“a” said Ana Ruiz. ", "说", "”说"]


def documents(name: str, text: str) -> Iterator[str]:
    """Yields documents with the text in each place where this format allows any length."""
    image = {"type": "image", "url": "https://a.example/b.jpg", "caption": text}
    match name:
        case "native":
            yield json.dumps({"id": "a", "headline": text, "language": "en", "summary": text, "image": {"url": text}})
            yield text
        case "text":
            yield text
            yield f"Ferries sail all night\n\n{text}"
        case "jsonld":
            node = {"@type": "NewsArticle", "headline": text, "articleBody": text, "description": text, "image": image}
            yield f"<html lang=en><title>Ferries</title><body>{text}"
            yield f"<html lang=en><title>{text}</title><script type=application/ld+json>[{text}x</script><p>{text}"
            yield f"<html lang=en><script type='application/ld+json'>{json.dumps(node)}</script>"
        case "wordpress":
            rendered = {"rendered": text}
            yield json.dumps({"id": 1, "title": rendered, "content": rendered, "excerpt": rendered, "slug": text, "link": text})
        case "ghost":
            fields = dict.fromkeys(("html", "plaintext", "custom_excerpt", "feature_image_caption", "url"), text)
            yield json.dumps({"post": {"current": {"id": "1", "title": "t", "feature_image": image["url"], **fields}}})
        case "ans":
            paragraph = {"type": "text", "content": text}
            quote = {"type": "quote", "content_elements": [paragraph], "citation": {"content": text}}
            story = {"_id": "a", "headlines": {"basic": "t"}, "description": {"basic": text}, "promo_items": {"basic": image}}
            yield json.dumps(story | {"content_elements": [paragraph, quote]})
        case "ninjs":
            fields = dict.fromkeys(("body_html", "body_text", "byline", "description_text"), text)
            picture = {"type": "picture", "description_text": text, "renditions": {"o": {"href": image["url"]}}}
            yield json.dumps({"uri": "urn:a", "headline": "t", "associations": {"featuremedia": picture}, **fields})


@pytest.mark.parametrize("name", FORMATS)
def test_readers_take_linear_time(name: str) -> None:
    slow = {}
    for bit in BITS:
        for number, document in enumerate(documents(name, bit * (SIZE // len(bit.encode("utf-8", "surrogatepass"))))):
            before = process_time()
            with suppress(ArticleInvalid):
                read_source(document.encode("utf-8", "surrogatepass"), name, article_id="a", language="en")
            if (seconds := process_time() - before) > READING:
                slow[bit, number] = seconds
    assert slow == {}


def test_renders_repetitive_text_quickly(assets: Assets) -> None:
    """An article's texts have a maximum length, which bounds the time to select, punctuate and set them."""
    slow = {}
    for bit in BITS:
        line, text = (" ".join((bit * limit)[: limit - 1].replace("\ud800", "").split()) or "x" for limit in (MAX_LINE, MAX_TEXT))
        article = Article(
            id="a", headline=line, language="fr", bullets=(line, f"{line}x"), quotes=(PullQuote(text, line),), summary=text
        )
        before = process_time()
        render_set(article, assets, kinds=("headline", "bullet", "quote"), formats=("og",))
        if (seconds := process_time() - before) > DRAWING:
            slow[bit] = seconds
    assert slow == {}


@pytest.mark.parametrize("bit", ['"a ', '《a" ', "Z\u0335\u0353\u034a", "e" + "\u0301" * 30, "\u0378", "水上、「運航」"])
def test_the_most_bullets_and_quotes_of_hostile_text_take_seconds(assets: Assets, bit: str) -> None:
    """Counts in ordinary sets, since a busy machine counts more seconds for both."""
    ordinary = read_native((SAMPLES / "harbour-barriers.json").read_bytes())
    line, text, short = ((bit * limit)[:limit] for limit in (MAX_LINE - 10, MAX_TEXT - 10, 370))
    fields: dict[str, object] = {"id": "a", "headline": line, "language": "en", "kicker": line}
    fields["bullets"] = [f"{line if number % 2 else short}{number}" for number in range(100)]
    quotes = [f"{text if number % 2 else short}{number}" for number in range(100)]
    fields["quotes"] = [{"text": quote, "speaker": line, "role": line} for quote in quotes]
    hostile = json.dumps(fields).encode()
    usual = min(_seconds(lambda: render_set(ordinary, assets)) for _ in range(3))
    assert _seconds(lambda: render_set(read_native(hostile), assets)) < MOST_SETS * usual


def _seconds(work: Callable[[], object]) -> float:
    """Returns the processor time of a call."""
    before = process_time()
    work()
    return process_time() - before

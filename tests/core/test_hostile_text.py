"""Tests that text which could make a regular expression backtrack, or fits no card, costs little to read and to set.

What a regular expression does can only be timed, so readers are judged by how their time grows with the text. Layout is judged by
the calls of functions, which do not depend on the machine.
"""

import gc
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from time import process_time
from typing import Any

import pytest

from storycard.article import MAX_LINE, MAX_TEXT, Article, PullQuote
from storycard.design.assets import Assets
from storycard.editing.punctuation import quoted, unquoted
from storycard.editing.sentences import first_sentence
from storycard.errors import ArticleInvalid
from storycard.ingest import FORMATS, read_native
from storycard.render import render_set
from support.reading import read_source

pytestmark = pytest.mark.slow

SIZE = 100_000  # bytes of a document; a quadratic reader takes a minute
MOST_GROWTH = 3  # times the processor time for twice the text: linear is 2, quadratic 4
NOTICEABLE = 1.0  # s; the growth of less is not judged
# Calls of functions. An ordinary set makes 220,000 in 120 ms; any may take 3 s, and hostile ones take 1.
MOST_CALLS, MOST_CALLS_OF_ONE_FORMAT = 6_000_000, 300_000

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


@pytest.fixture(autouse=True)
def frozen_heap() -> Iterator[None]:
    """Keeps the garbage collector from what earlier tests left, which takes longer than a reader does."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


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
    def read(size: int, bit: str, number: int) -> None:
        document = [*documents(name, bit * (size // len(bit.encode("utf-8", "surrogatepass"))))][number]
        with suppress(ArticleInvalid):
            read_source(document.encode("utf-8", "surrogatepass"), name, article_id="a", language="en")

    places = range(len([*documents(name, "")]))
    slow = ((bit, number) for bit in BITS for number in places if _grows_too_fast(read, SIZE, bit, number))
    assert next(slow, None) is None


@pytest.mark.parametrize("name", ["en", "fr", "he"])
def test_marks_and_the_first_sentence_take_linear_time(assets: Assets, name: str) -> None:
    language = assets.languages.of(name)

    def set_marks(size: int, bit: str) -> None:
        text = bit * (size // len(bit))
        quoted(text, language)
        unquoted(text)
        first_sentence(text, language)

    assert next((bit for bit in BITS if _grows_too_fast(set_marks, MAX_TEXT, bit)), None) is None


def test_renders_repetitive_text_in_few_calls(assets: Assets) -> None:
    """An article's texts have a maximum length, which bounds the work to select, punctuate and set them."""
    costly = {}
    for bit in BITS:
        line, text = (" ".join((bit * limit)[: limit - 1].replace("\ud800", "").split()) or "x" for limit in (MAX_LINE, MAX_TEXT))
        article = Article(
            id="a", headline=line, language="fr", bullets=(line, f"{line}x"), quotes=(PullQuote(text, line),), summary=text
        )
        calls = _calls(lambda: render_set(article, assets, kinds=("headline", "bullet", "quote"), formats=("og",)))  # noqa: B023  # called at once
        if calls > MOST_CALLS_OF_ONE_FORMAT:
            costly[bit] = calls
    assert costly == {}


@pytest.mark.parametrize("bit", ['"a ', '《a" ', "Z\u0335\u0353\u034a", "e" + "\u0301" * 30, "\u0378", "水上、「運航」"])
def test_the_most_bullets_and_quotes_of_hostile_text_take_few_calls(assets: Assets, bit: str) -> None:
    line, text, short = ((bit * limit)[:limit] for limit in (MAX_LINE - 10, MAX_TEXT - 10, 370))
    fields: dict[str, object] = {"id": "a", "headline": line, "language": "en", "kicker": line}
    fields["bullets"] = [f"{line if number % 2 else short}{number}" for number in range(100)]
    quotes = [f"{text if number % 2 else short}{number}" for number in range(100)]
    fields["quotes"] = [{"text": quote, "speaker": line, "role": line} for quote in quotes]
    hostile = json.dumps(fields).encode()
    assert _calls(lambda: render_set(read_native(hostile), assets)) <= MOST_CALLS


def _grows_too_fast(work: Callable[..., object], size: int, *arguments: object) -> bool:
    """Returns whether `work`, called with a size and `arguments`, takes more than in proportion to the size."""
    if _seconds(work, size, *arguments) < NOTICEABLE:
        return False
    once, twice = (min(_seconds(work, each, *arguments) for _ in range(3)) for each in (size // 2, size))
    return twice > MOST_GROWTH * once


def _seconds(work: Callable[..., object], *arguments: object) -> float:
    """Returns the processor time of a call."""
    before = process_time()
    work(*arguments)
    return process_time() - before


def _calls(work: Callable[[], object]) -> int:
    """Returns how many functions, of Python or C, a call calls."""
    calls = 0

    def count(frame: object, event: str, argument: Any) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return calls

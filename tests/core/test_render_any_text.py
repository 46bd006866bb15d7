"""Tests that any headline, bullet and quote in any language is rejected with a reason or rendered."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from storycard.design.assets import Assets
from storycard.design.kinds import KINDS
from storycard.errors import ArticleInvalid, CardSkipped
from storycard.ingest import read_native
from storycard.render import render_card

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]))
LANGUAGES = st.sampled_from(["en", "de", "fr", "uk", "el", "tr", "ar", "he", "ja", "zh-Hant", "ko", "th", "hi", "sr-Cyrl", "xx"])


@settings(max_examples=60)
@given(ANY_TEXT, ANY_TEXT, ANY_TEXT, ANY_TEXT, LANGUAGES)
def test_rejects_or_renders_any_text(assets: Assets, headline: str, other: str, quote: str, speaker: str, language: str) -> None:
    fields = {"id": "any", "headline": headline, "deck": other, "kicker": other, "bullets": [other], "language": language}
    said = [{"text": quote, "speaker": speaker, "role": other}] if quote.strip() else []
    try:
        article = read_native(json.dumps(fields | {"quotes": said}).encode())
    except ArticleInvalid:
        return
    for kind in KINDS:
        try:
            card = render_card(article, kind, "og", assets)
        except CardSkipped:
            continue
        assert card.data
        for fact in card.text:
            assert fact.box.x >= 0
            assert fact.box.right <= card.width

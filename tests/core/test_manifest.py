"""Tests storycard.manifest: the keys and values of the published JSON."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from storycard.article import Article, PullQuote
from storycard.describing.notices import PHOTO_LOST, UNSIGNED, describe_notice
from storycard.design.assets import Assets
from storycard.ingest.formats.native import read_native
from storycard.manifest import build_manifest
from storycard.photo.crop import Box, Subject
from storycard.render import render_set
from support.photographs import photo

NOON = datetime(2026, 11, 3, 12, 0, 0, 345, tzinfo=UTC)


def test_keys_and_their_order(samples: dict[str, Article], assets: Assets) -> None:
    card_set = render_set(samples["harbour-barriers"], assets, formats=("og",))
    manifest = build_manifest(card_set, NOON, lambda card: {"file": card.file_name})
    assert [*manifest] == [
        *("article_id", "version", "language", "direction", "theme", "renderer", "rendered_at", "cards", "choices", "skipped"),
        *("notices", "notice_codes"),
    ]
    assert [*manifest["cards"][0]] == ["kind", "format", "width", "height", "type", "bytes", "sha256", "file", "alt", "text"]
    assert [*manifest["cards"][0]["text"][0]] == [*("role", "lines", "font_px", "box", "truncated", "missing_glyphs", "contrast")]


def test_describes_cards_and_texts(samples: dict[str, Article], assets: Assets) -> None:
    card_set = render_set(samples["harbour-barriers"], assets, ("headline",), ("og",))
    card = card_set.cards[0]
    manifest = build_manifest(card_set, NOON, lambda card: {"url": f"https://cards.example/{card.file_name}"})
    described = manifest["cards"][0]
    text = described.pop("text")
    assert described == {
        "kind": "headline",
        "format": "og",
        "width": 1200,
        "height": 630,
        "type": "png",
        "bytes": len(card.data),
        "sha256": card.sha256,
        "url": "https://cards.example/headline-og.png",
        "alt": card.alt,
    }
    for fact, written in zip(card.text, text, strict=True):
        assert written["lines"] == list(fact.lines)
        assert written["box"] == [fact.box.x, fact.box.y, fact.box.width, fact.box.height]
        assert all(type(number) is int for number in (written["font_px"], *written["box"]))
        assert abs(written["contrast"] - fact.contrast) <= 0.005


def test_says_what_a_card_shows_of_the_photograph(samples: dict[str, Article], assets: Assets) -> None:
    head = Box(0.4, 0.1, 0.6, 0.5)  # of 1800 x 1200 px: too large for type beside it, and too high for a wide strip
    picture = replace(photo(), subject=Subject((0.5, 0.3), (head,), "faces"))
    card_set = render_set(
        samples["harbour-barriers"], assets, ("headline", "quote"), ("square",), theme="bulletin", photo=picture
    )
    headline, quote = build_manifest(card_set, NOON, lambda card: {})["cards"]
    assert headline["photo"] == {
        "placement": "above",
        "why": "the text would cover a head",
        "crop": headline["photo"]["crop"],
        "faces": {"whole": 1, "cut": 0, "left_out": 0},
    }
    left, top, width, height = headline["photo"]["crop"]
    assert left <= 0.4 * 1800 < 0.6 * 1800 <= left + width
    assert top <= 0.1 * 1200 < 0.5 * 1200 <= top + height
    assert "photo" not in quote  # the theme shows it on headlines alone


def test_says_why_a_card_is_without_the_photograph(samples: dict[str, Article], assets: Assets) -> None:
    long = replace(samples["harbour-barriers"], headline="Every harbour on this coast must be rebuilt, and nobody said how " * 5)
    card_set = render_set(long, assets, ("headline",), ("og",), theme="frontline", photo=photo())
    manifest = build_manifest(card_set, NOON, lambda card: {})
    [card] = manifest["cards"]
    assert (card["photo"]["placement"], card["photo"]["why"]) == ("none", "the text would have too little room")
    assert manifest["notices"] == ["The photograph has no room on these cards: headline-og."]
    assert manifest["notice_codes"] == [{"code": "photo-without-room"}]


def test_time_is_utc_to_the_second(samples: dict[str, Article], assets: Assets) -> None:
    card_set = render_set(samples["harbour-barriers"], assets, (), ("og",))
    elsewhere = NOON.astimezone(timezone(timedelta(hours=5, minutes=30)))
    assert build_manifest(card_set, elsewhere, lambda card: {})["rendered_at"] == "2026-11-03T12:00:00Z"


def test_lists_skipped_cards_with_reasons(assets: Assets) -> None:
    article = Article(id="bare", headline="Barriers held", language="en")
    manifest = build_manifest(render_set(article, assets, ("quote",), ("og",)), NOON, lambda card: {})
    reason = "the article has no quote with a speaker"
    skip = {"kind": "quote", "format": "og", "reason": reason, "code": "no-quote"}
    assert (manifest["cards"], manifest["skipped"]) == ([], [skip])


def test_programs_can_tell_why_a_card_is_skipped(assets: Assets) -> None:
    quote = PullQuote("Nobody should swim home after work, and nobody will. " * 30, "Tom Ray")
    full = Article(
        id="full", headline="Barriers held", language="en", bullets=("The gates closed at noon " * 38,), quotes=(quote,)
    )
    codes = {}
    for article in (full, replace(full, bullets=(), quotes=())):
        manifest = build_manifest(render_set(article, assets, ("bullet", "quote"), ("og",)), NOON, lambda card: {})
        codes[article] = [skip["code"] for skip in manifest["skipped"]]
    assert [*codes.values()] == [["too-long", "too-long"], ["no-fact", "no-quote"]]


def test_programs_can_tell_notices_apart() -> None:
    sent = {"headline": "The *gates* held", "bullets": ["One"], "language": "en", "id": "gates"}
    [read] = read_native(json.dumps(sent).encode()).notices
    others = {PHOTO_LOST: "photo-lost", UNSIGNED: "unsigned", "Letters that were lost were left out: 3.": "other"}
    assert describe_notice(read) == {"code": "markup", "field": "headline"}
    assert {notice: describe_notice(notice)["code"] for notice in others} == others


def test_survives_a_json_round_trip(samples: dict[str, Article], assets: Assets) -> None:
    manifest = build_manifest(render_set(samples["nichnyi-orhan"], assets, formats=("square",)), NOON, lambda card: {})
    assert json.loads(json.dumps(manifest)) == manifest

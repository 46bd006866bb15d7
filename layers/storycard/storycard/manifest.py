"""Builds the manifest of a card set: the same JSON on disk, in S3 and over HTTP."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from storycard.card_set import Card, CardSet, PhotoFact, TextFact
from storycard.describing.notices import describe_notice


def build_manifest(card_set: CardSet, rendered_at: datetime, place: Callable[[Card], Mapping[str, str]]) -> dict[str, object]:
    """Returns the manifest of `card_set`; `place` returns a card's `{"url": ...}` or `{"file": ...}`."""
    return {
        "article_id": card_set.article_id,
        "version": card_set.version,
        "language": card_set.language,
        "direction": card_set.direction,
        "theme": card_set.theme,
        "renderer": card_set.renderer,
        "rendered_at": rendered_at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "cards": [_describe_card(card, place(card)) for card in card_set.cards],
        "choices": dict(card_set.choices),
        "skipped": [
            {"kind": skip.kind, "format": skip.format, "reason": skip.reason, "code": skip.code} for skip in card_set.skipped
        ],
        "notices": list(card_set.notices),
        "notice_codes": [describe_notice(notice) for notice in card_set.notices],
    }


def _describe_card(card: Card, place: Mapping[str, str]) -> dict[str, object]:
    return {
        "kind": card.kind,
        "format": card.format,
        "width": card.width,
        "height": card.height,
        "type": card.type,
        "bytes": len(card.data),
        "sha256": card.sha256,
        **place,
        "alt": card.alt,
        "text": [_describe_text(fact) for fact in card.text],
        **({"photo": _describe_photo(card.photo)} if card.photo else {}),
    }


def _describe_photo(fact: PhotoFact) -> dict[str, object]:
    return {
        "placement": fact.placement,
        "why": fact.why,
        "crop": list(fact.part),
        "faces": {"whole": fact.heads_whole, "cut": fact.heads_cut, "left_out": fact.heads_left_out},
    }


def _describe_text(fact: TextFact) -> dict[str, object]:
    box = fact.box
    return {
        "role": fact.role,
        "lines": list(fact.lines),
        "font_px": fact.font_px,
        "box": [int(box.x), int(box.y), int(box.width), int(box.height)],
        "truncated": fact.truncated,
        "missing_glyphs": fact.missing_glyphs,
        "contrast": round(fact.contrast, 2),
    }

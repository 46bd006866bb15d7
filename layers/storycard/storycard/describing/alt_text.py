"""Builds alternative text, within a platform's limit, and long descriptions from a Scene."""

import re
from typing import TYPE_CHECKING

from icu4py.breakers import CharacterBreaker, SentenceBreaker, WordBreaker

from storycard.article import Article
from storycard.design.render_context import RenderContext
from storycard.editing.punctuation import typeset
from storycard.editing.text_metrics import utf16_units
from storycard.language.language import Language
from storycard.language.sentences import ends_sentence
from storycard.layout.scene import Scene
from storycard.text import icu

if TYPE_CHECKING:
    from storycard.photo import Photo

_READING_ORDER = ("label", "kicker", "statement", "photograph", "credit", "brand", "date", "number")

# Embeddings, overrides and isolates: cutting the text would leave them open. LRM, RLM and ALM affect nothing else and stay.
_BIDI_SPANS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_ISOLATE, _POP = "\u2068", "\u2069"
_STRONG = {"L": False, "R": True, "AL": True}

_MIN_PART = 60  # UTF-16 units; a shorter part of a sentence means nothing


def alt_text(scene: Scene, article: Article, context: RenderContext, limit: int) -> str:
    """Returns what a card says and shows, for screen readers: label, statement and the photograph's own description.

    The result has at most `limit` UTF-16 units, and so at most `limit` characters by any count. Longer text is cut after a
    sentence, or after a whole word with an ellipsis. Text against the language's direction is isolated (UAX #9, 2.4.2).
    """
    said = _texts_by_role(scene)
    preview = context.language.labels["preview"] if scene.watermark else ""
    label = context.label(article) if "label" in said else ""
    sentences = [preview, label, statement(scene, context.language), _photograph_text(scene, article, context)]
    return _within(list(filter(None, sentences)), limit, context.language)


def statement(scene: Scene, language: Language) -> str:
    """Returns the main text: a headline, a fact, a quote and its speaker, a question and its answer, or where to read on."""
    said = {role: _isolated(text, language) for role, text in _texts_by_role(scene).items()}
    if "quote" in said:
        source = language.comma.join(said[role] for role in ("speaker", "speaker_role") if role in said)
        return source + language.colon + said["quote"]
    if "question" in said:
        return _joined([said["question"], said["answer"]], language)
    if "invitation" in said:
        return language.colon.join(said[role] for role in ("invitation", "link") if role in said)
    return next((said[role] for role in ("figure", "bullet", "headline") if role in said), "")


def long_description(scene: Scene, article: Article, context: RenderContext) -> str:
    """Returns everything on a card in reading order, including the photographer's name and the date."""
    language = context.language
    said = {role: _isolated(text, language) for role, text in _texts_by_role(scene).items()}
    if "label" in said:  # the scene may have it in capitals
        said["label"] = context.label(article)
    if "kicker" in said:
        said["kicker"] = _isolated(typeset(article.kicker, language), language)
    if scene.logos or "name" in said:
        said["brand"] = _isolated(context.brand.title, language)
    said |= {"statement": statement(scene, language), "photograph": _photograph_text(scene, article, context)}
    parts = [said.get(role) for role in _READING_ORDER]
    return _joined([part for part in parts if part], language)


def cut(text: str, limit: int, tag: str) -> str:
    """Cuts `text` to at most `limit` UTF-16 units.

    The cut is after a sentence if that keeps half of `limit`, else after a word, with an ellipsis.
    """
    if utf16_units(text) <= limit:
        return text
    sentence = _up_to(text, SentenceBreaker(text, tag), limit - 1)
    if utf16_units(sentence) >= limit / 2:
        return _closed(sentence)
    room = limit - 2  # for the ellipsis and for a closing isolate
    short = _up_to(text, WordBreaker(text, tag), room) or _up_to(text, CharacterBreaker(text, tag), room)
    return _closed(short.rstrip(" ,;:–—-،、，：") + "…")


def _texts_by_role(scene: Scene) -> dict[str, str]:
    return {text.role: text.text for text in scene.texts}


def _photograph_text(scene: Scene, article: Article, context: RenderContext) -> str:
    """Returns the article's description of the photograph, without a leading "Image of".

    It is "" if the crop leaves out somebody or something that the description may name.
    """
    if not (article.image and context.photo and _shows_subject(scene, context.photo)):
        return ""
    language = context.language
    words = article.image.alt
    for opening in language.image_openings:  # screen readers say "image" themselves before they read the text
        if words.lower().startswith(f"{opening} "):
            bare = words[len(opening) + 1 :]
            return _isolated(bare[:1].upper() + bare[1:], language)
    return _isolated(words, language)


def _shows_subject(scene: Scene, photo: "Photo") -> bool:
    """Returns whether a card shows what a description of the photograph may name."""
    if scene.photograph is None:
        return False
    left, top, right, bottom = scene.photograph.rect.pixels
    return photo.shows_subject(right - left, bottom - top, scene.photograph.focus)


def _within(sentences: list[str], limit: int, language: Language) -> str:
    """Returns as many sentences as `limit` UTF-16 units allow, then part of the next one if _MIN_PART units are left."""
    if utf16_units(_joined(sentences, language)) <= limit:
        return _joined(sentences, language)
    count = len(sentences) - 1
    while utf16_units(_joined(sentences[:count], language)) > limit:
        count -= 1
    kept = _joined(sentences[:count], language)
    room = limit - utf16_units(_joined([*sentences[:count], ""], language))
    if kept and room < _MIN_PART:
        return kept
    return _joined([*sentences[:count], cut(sentences[count], room, language.tag)], language)


def _joined(sentences: list[str], language: Language) -> str:
    """Joins sentences. Each but the last ends with a full stop, where screen readers pause."""
    ended = [text if ends_sentence(text) else text + language.full_stop for text in sentences[:-1]]
    return language.sentence_gap.join([*ended, *sentences[-1:]])


def _isolated(text: str, language: Language) -> str:
    """Returns `text` in a first-strong isolate if it begins against the language's direction."""
    if text.isascii() and not language.rtl:
        return text
    bare = _BIDI_SPANS.sub("", text)
    first = next((_STRONG[found] for found in map(icu.bidi_class, bare) if found in _STRONG), None)
    against = first is not None and first != language.rtl
    return f"{_ISOLATE}{bare}{_POP}" if against else bare


def _up_to(text: str, breaker: SentenceBreaker | WordBreaker | CharacterBreaker, limit: int) -> str:
    """Returns the text up to the last boundary within `limit` UTF-16 units, which is what ICU counts in."""
    codepoint_at = icu.codepoint_offsets(text)
    ends = [end for _, end in breaker.segments() if end <= limit]
    return text[: codepoint_at[ends[-1]]].rstrip() if ends else ""


def _closed(text: str) -> str:
    """Returns `text` with its open isolates closed."""
    return text + _POP * (text.count(_ISOLATE) - text.count(_POP))

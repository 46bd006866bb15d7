"""A Scene into words for who cannot see it: alternative text within a platform's limit, and the long description of all of it."""

import re

from icu4py.breakers import CharacterBreaker, SentenceBreaker, WordBreaker

from storycard.article import Article
from storycard.design.render_context import RenderContext
from storycard.editing.punctuation import spaces_guillemets, typeset
from storycard.language.language import is_rtl
from storycard.layout.scene import Scene
from storycard.text import icu

_ENDED = re.compile(r"[.!?…。！？｡।॥۔؟։።፧។။།՞][\"'”’»›“‘」』)\]）\u2069\s]*$")
_UNSPACED = frozenset({"ja", "yue", "zh"})  # between sentences
_BY_LANGUAGE = {  # full stop, comma, for who has not ". " and ", "
    "ar": (".", "، "),
    "am": ("።", "፣ "),
    "bn": ("।", ", "),
    "ckb": (".", "، "),
    "fa": (".", "، "),
    "hi": ("।", ", "),
    "hy": ("։", ", "),
    "ja": ("。", "、"),
    "km": ("។", ", "),
    "lo": ("", ", "),  # a space is enough in Lao and Thai
    "my": ("။", ", "),
    "ne": ("।", ", "),
    "or": ("।", ", "),
    "pa": ("।", ", "),
    "ps": (".", "، "),
    "sd": (".", "، "),
    "th": ("", " "),
    "ti": ("።", "፣ "),
    "ug": (".", "، "),
    "ur": ("۔", "، "),
    "yue": ("。", "，"),
    "zh": ("。", "，"),
}

_READING_ORDER = ("label", "kicker", "statement", "deck", "photograph", "credit", "brand", "date", "number")

# A screen reader says that it is an image, before it reads the rest.
_SAYS_IMAGE = re.compile(r"(?:(?:an?|the) )?(?:image|picture|photo|photograph)(?: (?:of|showing)|:) (?=\S)", re.IGNORECASE)
# Marks that reach beyond themselves: cut text would leave them open. LRM, RLM and ALM reach no further, and stay.
_REACHING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_FIRST_STRONG, _POP = "\u2068", "\u2069"
_STRONG = {"L": False, "R": True, "AL": True}

_LEAST = 60  # UTF-16 units: less of a sentence tells nothing


def alt_text(scene: Scene, article: Article, context: RenderContext, limit: int) -> str:
    """What a card says and shows, as a screen reader speaks it well: label, statement, deck, and the photograph's own text.

    At most `limit` characters by any count: in UTF-16 units, the largest there is. What is too long ends with a sentence, or
    with a whole word and an ellipsis. Text against the language's direction is isolated (UAX #9, 2.4.2).
    """
    said = _said(scene)
    preview = context.labels.say("preview", article.language) if scene.watermark else ""
    label = context.label(article) if "label" in said else ""
    sentences = [preview, label, statement(scene, article), _aligned(said.get("deck", ""), article), _shown(scene, article)]
    return _within(list(filter(None, sentences)), limit, article.language)


def statement(scene: Scene, article: Article) -> str:
    """The one thing that a card says: a headline, a fact, who said what, or where to read on."""
    said = {role: _aligned(text, article) for role, text in _said(scene).items()}
    language = article.language
    if "quote" in said:
        source = _marks(language)[1].join(said[role] for role in ("speaker", "speaker_role") if role in said)
        return source + _colon(language) + said["quote"]
    if "invitation" in said:
        return _colon(language).join(said[role] for role in ("invitation", "link") if role in said)
    return said.get("bullet") or said.get("headline", "")


def long_description(scene: Scene, article: Article, context: RenderContext) -> str:
    """Everything on a card in reading order, down to who took the photograph and the date."""
    said = {role: _aligned(text, article) for role, text in _said(scene).items()}
    if "label" in said:  # as written: themes may set it in capitals
        said["label"] = context.label(article)
    if "kicker" in said:
        said["kicker"] = _aligned(typeset(article.kicker, article.language), article)
    if scene.logos:
        said["brand"] = _aligned(context.brand.title, article)
    said |= {"statement": statement(scene, article), "photograph": _shown(scene, article)}
    parts = [said.get(role) for role in _READING_ORDER]
    return _joined([part for part in parts if part], article.language)


def cut(text: str, limit: int, language: str) -> str:
    """`text` in at most `limit` UTF-16 units: up to a sentence's end where that keeps half of it, else to a word's, with "…"."""
    if units(text) <= limit:
        return text
    sentence = _upto(text, SentenceBreaker(text, language), limit - 1)
    if units(sentence) >= limit / 2:
        return _closed(sentence)
    room = limit - 2  # the ellipsis, and a closing mark
    short = _upto(text, WordBreaker(text, language), room) or _upto(text, CharacterBreaker(text, language), room)
    return _closed(short.rstrip(" ,;:–—-،、，：") + "…")


def units(text: str) -> int:
    """The length in UTF-16 code units: never less than in code points or in what a reader calls characters."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _said(scene: Scene) -> dict[str, str]:
    return {text.role: text.text for text in scene.texts}


def _shown(scene: Scene, article: Article) -> str:
    """What the photograph shows, in the words of whoever knew, without saying that it is one."""
    if not (scene.photograph and article.image):
        return ""
    words = article.image.alt
    bare = _SAYS_IMAGE.sub("", words, count=1) if _SAYS_IMAGE.match(words) else words
    return _aligned(bare if bare == words else bare[:1].upper() + bare[1:], article)


def _within(sentences: list[str], limit: int, language: str) -> str:
    """As many sentences as there is room for, then as much of the next as tells anything."""
    if units(_joined(sentences, language)) <= limit:
        return _joined(sentences, language)
    count = next((count for count in range(len(sentences) - 1, 0, -1) if units(_joined(sentences[:count], language)) <= limit), 0)
    kept = _joined(sentences[:count], language)
    room = limit - units(_joined([*sentences[:count], ""], language))
    if kept and room < _LEAST:
        return kept
    return _joined([*sentences[:count], cut(sentences[count], room, language)], language)


def _joined(sentences: list[str], language: str) -> str:
    """Sentences one after another, each but the last with a full stop, where screen readers pause."""
    stop, space = _marks(language)[0], "" if _primary(language) in _UNSPACED else " "
    ended = [text if _ENDED.search(text) else text + stop for text in sentences[:-1]]
    return space.join([*ended, *sentences[-1:]])


def _aligned(text: str, article: Article) -> str:
    """`text` so that it lies right among the language's own: isolated if it begins in the other direction."""
    bare = _REACHING.sub("", text)
    first = next((_STRONG[found] for found in map(icu.bidi_class, bare) if found in _STRONG), None)
    against = first is not None and first != is_rtl(article.language)
    return f"{_FIRST_STRONG}{bare}{_POP}" if against else bare


def _upto(text: str, breaker: SentenceBreaker | WordBreaker | CharacterBreaker, limit: int) -> str:
    """The text up to the last boundary within `limit` UTF-16 units, which is what ICU counts in."""
    codepoint_at = icu.codepoint_offsets(text)
    ends = [end for _, end in breaker.segments() if end <= limit]
    return text[: codepoint_at[ends[-1]]].rstrip() if ends else ""


def _closed(text: str) -> str:
    return text + _POP * (text.count(_FIRST_STRONG) - text.count(_POP))


def _colon(language: str) -> str:
    if _primary(language) in _UNSPACED:
        return "："
    return "\u00a0: " if spaces_guillemets(language) else ": "


def _marks(language: str) -> tuple[str, str]:
    return _BY_LANGUAGE.get(_primary(language), (".", ", "))


def _primary(language: str) -> str:
    return language.lower().partition("-")[0]

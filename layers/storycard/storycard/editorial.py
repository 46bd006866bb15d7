"""An article's bullets and quotes in the order they serve a card: the editor's own, except where one speaks against itself."""

from storycard.article import Article, PullQuote
from storycard.wording import columns, overlap

# In columns: a Chinese, Japanese or Korean character takes two. Below a line's worth a card looks empty; above, type gets small.
_BULLET_COLUMNS = range(24, 201)
_QUOTE_COLUMNS = range(40, 181)

_REPEATS = 0.6  # of its letter groups; two texts about one subject share up to 0.45
_RESEMBLES = 0.4  # a pull line is often the quote in fewer words
_UNFINISHED_ENDINGS = ("...", "…", ":", ",", ";", "–", "—", "-", "،", "、", "，", "：")
_QUESTION_MARKS = ("?", "؟", "？", "\u037e")


def key_bullets(article: Article) -> tuple[str, ...]:
    """All bullets, best first: by how little speaks against each, then in the editor's order."""
    return tuple(sorted(article.bullets, key=lambda bullet: len(bullet_reservations(bullet, article))))


def pull_quotes(article: Article) -> tuple[PullQuote, ...]:
    """The quotes that have a speaker, best first: what the editor's pull line resembles leads, then as with bullets."""

    def order(quote: PullQuote) -> tuple[bool, int]:
        return not resembles_pull_line(quote, article), len(quote_reservations(quote, article))

    return tuple(sorted((quote for quote in article.quotes if quote.speaker), key=order))


def bullet_reservations(bullet: str, article: Article) -> tuple[str, ...]:
    """What speaks against a bullet as the one fact on a card."""
    question = "asks instead of telling" if bullet.endswith(_QUESTION_MARKS) else None
    return _given(question, *_reservations(bullet, _BULLET_COLUMNS, article))


def quote_reservations(quote: PullQuote, article: Article) -> tuple[str, ...]:
    """What speaks against a quote as the one on a card."""
    return _given(*_reservations(quote.text, _QUOTE_COLUMNS, article))


def resembles_pull_line(quote: PullQuote, article: Article) -> bool:
    """Whether the line an editor lifted from the story comes from this quote."""
    line = article.pull_line
    return max(overlap(line, quote.text), overlap(quote.text, line)) >= _RESEMBLES


def _reservations(text: str, fitting: range, article: Article) -> tuple[str | None, ...]:
    length = columns(text)
    return (
        f"short for a card: {length} columns" if length < fitting.start else None,
        f"long for a card: {length} columns" if length >= fitting.stop else None,
        "far too long for a card" if length >= fitting.stop * 1.5 else None,
        "begins in the middle of a sentence" if text[:1].islower() else None,
        "ends in the middle of a sentence" if text.endswith(_UNFINISHED_ENDINGS) else None,
        "repeats the headline" if overlap(text, article.headline) >= _REPEATS else None,
    )


def _given(*reasons: str | None) -> tuple[str, ...]:
    return tuple(reason for reason in reasons if reason)

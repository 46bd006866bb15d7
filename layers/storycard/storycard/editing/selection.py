"""Ranks an article's bullets and quotes for a card: the editor's order, except that items with reservations come later."""

from storycard.article import Article, PullQuote
from storycard.editing.list_marks import without_list_marks
from storycard.editing.sentences import first_sentence
from storycard.editing.text_metrics import columns, overlap
from storycard.language.language import Language
from storycard.language.sentences import asks

# In columns; a Chinese, Japanese or Korean character counts as two. A shorter text leaves a card empty, a longer one sets small.
_BULLET_COLUMNS = range(24, 201)
_QUOTE_COLUMNS = range(40, 181)
_QUOTE_MOST = 700  # columns; the largest cards have room for 500, and setting a long text to see that takes half a second
MOST_TRIED = 30  # quotes or bullets that are set to see whether they fit

_REPEATS = 0.6  # share of its letter groups; two texts about one subject share up to 0.45
_RESEMBLES = 0.4  # lower, since a pull line is often the quote in fewer words
_UNFINISHED_ENDINGS = ("...", "…", ":", ",", ";", "–", "—", "-", "،", "、", "，", "：")


def facts(article: Article, language: Language) -> tuple[str, ...]:
    """Returns all bullets in the editor's order, without list marks."""
    return without_list_marks(article.bullets, language)


def key_bullets(article: Article, language: Language) -> tuple[str, ...]:
    """Returns all bullets, those with the fewest reservations first, then in the editor's order.

    An article without bullets has the summary's first sentence instead, unless there are reservations about it. Later
    sentences cannot be read alone: they refer back to the first ("It", "She", "But").
    """
    if not article.bullets:
        (summary,) = without_list_marks((article.summary,), language)
        lead = first_sentence(summary, language)
        return (lead,) if lead and not bullet_reservations(lead, article) else ()
    return tuple(sorted(facts(article, language), key=lambda bullet: len(bullet_reservations(bullet, article))))


def pull_quotes(article: Article) -> tuple[PullQuote, ...]:
    """Returns the quotes with a speaker: first the one that the editor's pull line resembles, then ranked as bullets are."""

    def order(quote: PullQuote) -> tuple[bool, bool, int]:
        if fits_no_card(quote.text):
            return True, True, 0
        return False, not resembles_pull_line(quote, article), len(quote_reservations(quote, article))

    return tuple(sorted((quote for quote in article.quotes if quote.speaker), key=order))


def fits_no_card(text: str) -> bool:
    """Returns whether a quote, or a quote and its speaker, is too long for every card, by its length alone."""
    return len(text) > _QUOTE_MOST or columns(text) > _QUOTE_MOST


def choices(article: Article, language: Language, quote: PullQuote | None) -> dict[str, str]:
    """Explains, by kind of card, why the first bullet and this quote were chosen, or why there is none."""
    return {"bullet": _why_bullet(article, language), "quote": _why_quote(article, quote)}


def bullet_reservations(bullet: str, article: Article) -> tuple[str, ...]:
    """Returns the reasons against a bullet as the only fact on a card."""
    question = "asks instead of telling" if asks(bullet) else None
    return _without_none(question, *_reservations(bullet, _BULLET_COLUMNS, article))


def quote_reservations(quote: PullQuote, article: Article) -> tuple[str, ...]:
    """Returns the reasons against a quote as the only one on a card."""
    return _without_none(*_reservations(quote.text, _QUOTE_COLUMNS, article))


def resembles_pull_line(quote: PullQuote, article: Article) -> bool:
    """Returns whether the editor's pull line comes from this quote."""
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


def _without_none(*reasons: str | None) -> tuple[str, ...]:
    return tuple(reason for reason in reasons if reason)


def _why_bullet(article: Article, language: Language) -> str:
    bullets = key_bullets(article, language)
    if not article.bullets:
        return (
            "the summary's first sentence, as there are no bullets" if bullets else "no bullets, and no summary that stands alone"
        )
    in_order = facts(article, language)
    before, best = bullet_reservations(in_order[0], article), bullet_reservations(bullets[0], article)
    return _why("bullet", in_order.index(bullets[0]), len(bullets), before, best)


def _why_quote(article: Article, quote: PullQuote | None) -> str:
    if quote is None:
        return "no quote has a speaker" if article.quotes else "no quotes"
    if resembles_pull_line(quote, article):
        return "the editor's pull line comes from it"
    named = [quote for quote in article.quotes if quote.speaker]
    passed_over = () if quote == pull_quotes(article)[0] else ("does not fit every format",)
    before = quote_reservations(named[0], article) or passed_over
    return _why("quote", named.index(quote), len(named), before, quote_reservations(quote, article))


def _why(what: str, place: int, count: int, against_first: tuple[str, ...], against_best: tuple[str, ...]) -> str:
    if count == 1:
        why = f"the only {what}"
    elif place == 0:
        why = f"the editor's first of {count}"
    else:
        why = f"{what} {place + 1} of {count}; the first {', '.join(against_first)}"
    return f"{why}; though {', '.join(against_best)}" if against_best else why

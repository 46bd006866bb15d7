"""Tests storycard.layout.card.fits_easily: whatever it accepts is laid out whole, so that slides keep their numbers."""

from dataclasses import replace

from storycard.article import Article, PullQuote, QuestionAndAnswer
from storycard.design.assets import Assets
from storycard.editing.punctuation import quoted, typeset
from storycard.errors import CardSkipped
from storycard.ingest import read_native, split_articles
from storycard.layout.card import fits_easily, lay_out
from support.paths import SAMPLES

LANGUAGES = ("en", "ta", "ur")  # with longer and longer words; the lines of the last would touch
THEMES = ("frontline", "nightdesk")
LENGTHS = range(240, 60, -12)  # characters, from what fits no wide card to what fits all
QUESTION = 0.4  # of these: the question's share
SPEAKER = "Ann Lee"  # adds no line to a quote, but needs one of its own


def with_texts(article: Article, length: int) -> Article:
    """Returns the article with a fact, a quote and an answer of about `length` characters."""
    words = f"{article.headline} " * 8
    asked = QuestionAndAnswer(words[: round(QUESTION * length)].rstrip(), words[:length].rstrip())
    quote = PullQuote(asked.answer, SPEAKER)
    return replace(article, bullets=(asked.answer,), quotes=(quote,), questions=(asked,), paid=False)


def texts_of(article: Article, body: str, assets: Assets) -> dict[str, str]:
    language, [asked] = assets.languages.of(article.language), article.questions
    answer = typeset(asked.answer, language)
    return {
        "bullet": {"bullet": answer},
        "quote": {"quote": f"{quoted(asked.answer, language)} {SPEAKER} "},
        "question": {"question": typeset(asked.question, language), "answer": answer},
    }[body]


def test_longest_text_that_fits_easily_is_laid_out_whole(assets: Assets) -> None:
    lines = (read_native(line) for _, line in split_articles((SAMPLES / "scripts.jsonl").read_bytes()))
    wide, faults, tried = assets.formats["og"], [], 0
    for article in (article for article in lines if article.language in LANGUAGES):
        for theme in THEMES:
            context = assets.render_context(article, theme)
            for body, kind in (("bullet", "bullet"), ("quote", "quote"), ("question", "question-1")):
                fitting = (
                    one
                    for one in (with_texts(article, length) for length in LENGTHS)
                    if fits_easily(one, body, texts_of(one, body, assets), wide, context, assets.fonts)
                )
                longest = next(fitting, None)
                if longest is None:
                    continue
                tried += 1
                try:
                    lay_out(longest, kind, wide, context, assets.fonts)
                except CardSkipped as skipped:
                    faults.append(f"{theme} {article.language} {len(longest.bullets[0])}: {skipped}")
    assert faults == []
    assert tried >= 12


def test_text_that_fits_no_card_does_not_fit_easily(assets: Assets, samples: dict[str, Article]) -> None:
    article = with_texts(samples["harbour-barriers"], 900)
    article = replace(article, questions=(QuestionAndAnswer(article.headline, " ".join([article.headline] * 9)),))
    context = assets.render_context(article)
    for body in ("bullet", "quote", "question"):
        texts = texts_of(article, body, assets)
        assert not any(fits_easily(article, body, texts, each, context, assets.fonts) for each in assets.formats.values()), body

"""Builds a valid Article from what a CMS reader found. Every CMS reader ends with `build_article`."""

from dataclasses import dataclass
from datetime import datetime

from storycard.article import (
    MAX_ITEMS,
    MAX_LINE,
    MAX_TEXT,
    NO_SOCIAL_HEADLINES,
    Article,
    ArticleImage,
    Label,
    PullQuote,
    QuestionAndAnswer,
    SocialHeadlines,
    Status,
)
from storycard.editing.text_metrics import columns, overlap, plain_words
from storycard.errors import ArticleInvalid
from storycard.ingest.article_ids import safe_id
from storycard.ingest.html.body import Body
from storycard.ingest.questions.pairs import is_interview
from storycard.ingest.quotes.quotations import all_quotes
from storycard.ingest.quotes.quote_blocks import read_quote
from storycard.ingest.read_options import ReadOptions
from storycard.ingest.typed_markup import html_text
from storycard.language.article_language import article_language
from storycard.language.reading_words import ReadingWords
from storycard.language.sentences import ends_sentence

_MAX_DECK = 220  # columns; a longer text is a summary
_REPEATS = 0.8  # share of a deck's letter groups that the headline has too: the deck repeats it
_ELLIPSES = ("...", "…", "…]", "...]")
_MAX_CREDIT = 500  # characters
_SAMPLED_PARAGRAPHS = 40  # for language detection


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a reader found, not yet validated: texts of any length, with "" for none.

    `languages` are the declared ones, the most reliable first. `description` becomes the summary, and the deck if there is
    none. `lead` is the beginning of the text: it becomes the summary if there is no description.
    """

    id: str
    headline: str
    social: SocialHeadlines = NO_SOCIAL_HEADLINES
    languages: tuple[str, ...] = ()
    deck: str = ""
    description: str = ""
    lead: str = ""
    kicker: str = ""
    section: str = ""
    body: Body
    questions: tuple[QuestionAndAnswer, ...] = ()  # those that are marked as such; without any, those of the body are used
    byline: tuple[str, ...] = ()
    published_at: datetime | None = None
    updated_at: datetime | None = None
    embargo_until: datetime | None = None
    status: Status = "published"
    label: Label = ""
    canonical_url: str = ""
    image: ArticleImage | None = None
    brand: str = ""
    paid: bool = False
    notices: tuple[str, ...] = ()
    # Whether readers without an account see nothing of body and questions; the body then only helps to detect the language.
    closed: bool = False


def build_article(draft: Draft, options: ReadOptions) -> Article:
    """Builds the article. The ID and language of `options` are used where the draft has none.

    Leaves out texts that are longer than Article allows. An article that is not published needs neither a headline nor a
    language, since a CMS may say no more than that it is a draft now. Raises ArticleInvalid naming a required field that is
    missing.
    """
    words = options.languages.reading_words
    is_published = draft.status == "published"
    article_id = safe_id(draft.id) or options.article_id or ""
    if is_published and not draft.headline:
        raise ArticleInvalid("headline", "text", "nothing")
    sample = " ".join((draft.headline, draft.description, *draft.body.paragraphs[:_SAMPLED_PARAGRAPHS]))
    body = Body() if draft.closed else draft.body
    pulled = [read_quote(block, words) for block in body.pull_quotes]
    set_apart = (*pulled, *(read_quote(block, words) for block in body.block_quotes))
    language = article_language(draft.languages, options.language, sample)
    speech = options.languages.speech_words(language)
    quotes = all_quotes(set_apart, body.paragraphs, speech)
    explained = (pair for pairs in body.questions if not is_interview(pairs, speech) for pair in pairs)
    questions = () if draft.closed else draft.questions or tuple(explained)
    first = next(iter(body.paragraphs), "")
    description, lead = ("" if _is_cut_from(first, text) else text for text in (draft.description, draft.lead))
    summary = description or lead or first
    return Article(
        id=article_id,
        headline=draft.headline or article_id,
        social_headlines=_social(draft) if options.social_titles else NO_SOCIAL_HEADLINES,
        language=language or ("" if is_published else "und"),
        deck=_line(draft.deck or _deck(description, draft.headline)),
        kicker="" if detect_label(words, draft.kicker) else _line(html_text(draft.kicker)),  # the label replaces it
        pull_line=_line(next((quote.text for quote in pulled if quote.text), "")),
        bullets=tuple(bullet for bullet in body.bullets if len(bullet) <= MAX_LINE)[:MAX_ITEMS],
        quotes=tuple(quote for quote in quotes if quote_fits(quote))[:MAX_ITEMS],
        questions=tuple(pair for pair in questions if len(pair.question) <= MAX_LINE and len(pair.answer) <= MAX_TEXT)[
            :MAX_ITEMS
        ],
        summary=summary if len(summary) <= MAX_TEXT else "",
        byline=tuple(dict.fromkeys(name for name in map(html_text, draft.byline) if name))[:MAX_ITEMS],
        published_at=draft.published_at,
        updated_at=draft.updated_at,
        embargo_until=draft.embargo_until,
        status=draft.status,
        canonical_url=draft.canonical_url,
        image=draft.image,
        brand=_line(draft.brand),
        paid=draft.paid,
        section=_line(html_text(draft.section)),
        label=draft.label,
        notices=draft.notices,
    )


def build_image(url: str, *, credit: str = "", alt: str = "", focal_point: tuple[float, float] | None = None) -> ArticleImage:
    """Builds the article's photograph, with credit and alt text cut to the maximum length."""
    return ArticleImage(url, credit=credit[:_MAX_CREDIT], alt=alt[:MAX_LINE], focal_point=focal_point)


def detect_label(words: ReadingWords, *names: str) -> Label:
    """Returns the label of the first recognised name of a kicker, tag or label, or ""."""
    known: dict[Label, tuple[str, ...]] = {"breaking": words.breaking, "live": words.live, "correction": words.correction}
    return next((label for name in map(_folded, names) for label, names_of_it in known.items() if name in names_of_it), "")


def marks_paid_content(words: ReadingWords, *names: str) -> bool:
    """Returns whether one of the names marks paid content, as newsrooms and advertising rules call it."""
    return any(_folded(name) in words.paid for name in names)


def _folded(name: str) -> str:
    return name.casefold().replace("-", " ").replace("_", " ").strip()


def _social(draft: Draft) -> SocialHeadlines:
    """Returns the draft's titles for social networks, without those that only repeat its headline."""
    sent = draft.social
    every, x = ("" if not _line(title) or _begins(draft.headline, title) else title for title in (sent.all, sent.x))
    if every and sent.x and not x:
        x = draft.headline  # it was chosen for X
    return SocialHeadlines(every, "" if plain_words(x) == plain_words(every) else x)


def _begins(headline: str, title: str) -> bool:
    """Returns whether `title` is the headline, or what a network's limit left of it."""
    words = plain_words(title)
    return words == plain_words(headline) or (title.endswith(_ELLIPSES) and plain_words(headline).startswith(words))


def _is_cut_from(paragraph: str, description: str) -> bool:
    """Returns whether a description is the beginning of a paragraph, cut in the middle of a sentence."""
    begun = description.rstrip(" .…[]")
    cut = description.endswith(_ELLIPSES) or not ends_sentence(description)
    return cut and len(begun) < len(paragraph) and bool(begun) and plain_words(paragraph).startswith(plain_words(begun))


def _deck(description: str, headline: str) -> str:
    """Returns the description if it can serve as the deck: short, not cut off, and not a repetition of the headline."""
    if columns(description) > _MAX_DECK or description.endswith(_ELLIPSES):
        return ""
    return "" if overlap(description, headline) >= _REPEATS else description


def _line(text: str) -> str:
    """Returns `text`, or "" if it is longer than Article allows a line to be."""
    return text if len(text) <= MAX_LINE else ""


def quote_fits(quote: PullQuote) -> bool:
    """Returns whether an article may have the quote, by the lengths of its text, speaker and role."""
    return len(quote.text) <= MAX_TEXT and len(quote.speaker) <= MAX_LINE and len(quote.role) <= MAX_LINE

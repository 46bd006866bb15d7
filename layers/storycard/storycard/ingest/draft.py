"""Loosely gathered facts of an article, in any order and of any length, into a valid Article: what every CMS reader ends with."""

from dataclasses import dataclass
from datetime import datetime

from storycard.article import MAX_ITEMS, MAX_LINE, MAX_TEXT, Article, ArticleImage, Label, PullQuote, Status
from storycard.editing.text_metrics import columns, overlap
from storycard.errors import ArticleInvalid
from storycard.ingest.article_ids import safe_id
from storycard.ingest.html.body import Body
from storycard.ingest.plain_text import clean_line
from storycard.ingest.quotes.quotations import all_quotes
from storycard.language.article_language import article_language

_MAX_DECK = 220  # columns: what is longer is a summary
_REPEATS = 0.8  # of its letter groups


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a reader found, before it is known to be an article; `languages` are the declared ones, the likeliest first."""

    id: str
    headline: str
    languages: tuple[str, ...] = ()
    deck: str = ""
    description: str = ""
    kicker: str = ""
    section: str = ""
    body: Body
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


def build_article(draft: Draft, article_id: str | None, language: str | None) -> Article:
    """The article; given ID and language stand in where it has none. Raises ArticleInvalid naming what is missing."""
    written = " ".join((draft.headline, draft.description, *draft.body.paragraphs[:40]))
    headline = draft.headline
    if not headline:
        raise ArticleInvalid("headline", "text", "nothing")
    quotes = all_quotes((*draft.body.pull_quotes, *draft.body.block_quotes), draft.body.paragraphs)
    summary = draft.description or next(iter(draft.body.paragraphs), "")
    return Article(
        id=safe_id(draft.id) or article_id or "",
        headline=headline,
        language=article_language(draft.languages, language, written),
        deck=_short(draft.deck or _deck(draft.description, headline)),
        kicker="" if label_of(draft.kicker) else _short(draft.kicker),  # it says what the label says
        pull_line=_short(next((quote.text for quote in draft.body.pull_quotes), "")),
        bullets=tuple(bullet for bullet in draft.body.bullets if len(bullet) <= MAX_LINE)[:MAX_ITEMS],
        quotes=tuple(quote for quote in quotes if _fits(quote))[:MAX_ITEMS],
        summary=summary if len(summary) <= MAX_TEXT else "",
        byline=tuple(dict.fromkeys(clean_line(name) for name in draft.byline if clean_line(name)))[:MAX_ITEMS],
        published_at=draft.published_at,
        updated_at=draft.updated_at,
        embargo_until=draft.embargo_until,
        status=draft.status,
        canonical_url=draft.canonical_url,
        image=draft.image,
        brand=_short(draft.brand),
        paid=draft.paid,
        section=_short(draft.section),
        label=draft.label,
    )


def label_of(*words: str) -> Label:
    """What a kicker, tag or label text says of the story, by the words that newsrooms use as such in any house."""
    for word in words:
        match word.casefold().replace("-", " ").replace("_", " ").strip():
            case "breaking" | "breaking news" | "developing" | "eilmeldung" | "última hora" | "urgent" | "срочно" | "терміново":
                return "breaking"
            case "live" | "live updates" | "live blog" | "liveblog" | "liveticker" | "en direct" | "en vivo" | "ao vivo":
                return "live"
            case "correction" | "corrected" | "korrektur" | "corrección" | "rectificatif" | "corretto":
                return "correction"
    return ""


def is_paid_label(*words: str) -> bool:
    """Whether one of the words marks paid content, by what newsrooms and advertising rules call it."""
    paid = (
        {"sponsored", "sponsored content", "paid", "paid content", "paid post", "paid partnership", "partner content"}
        | {"branded content", "brand studio", "advertorial", "advertisement", "promoted", "paid for", "anzeige", "reklame"}
        | {
            "annons",
            "publireportage",
            "contenido patrocinado",
            "patrocinado",
            "реклама",
            "на правах рекламы",
            "sponsorisé",
            "広告",
        }
    )
    return any(word.casefold().replace("-", " ").replace("_", " ").strip() in paid for word in words)


def _deck(description: str, headline: str) -> str:
    """The description, where it serves as the line under a headline: short, whole, and not the headline again."""
    if columns(description) > _MAX_DECK or description.endswith(("...", "…", "[…]")):
        return ""
    return "" if overlap(description, headline) >= _REPEATS else description


def _short(text: str) -> str:
    return text if len(text) <= MAX_LINE else ""


def _fits(quote: PullQuote) -> bool:
    return len(quote.text) <= MAX_TEXT and len(quote.speaker) <= MAX_LINE and len(quote.role) <= MAX_LINE

"""Defines RowTexts: what the rows of a card may say."""

from datetime import datetime
from typing import NamedTuple

from storycard.article import Article
from storycard.design.composition import Item
from storycard.design.render_context import RenderContext
from storycard.editing.punctuation import typeset


class RowTexts(NamedTuple):
    """The small texts of one card, "" for each that it lacks. Paid content has neither name nor day."""

    label: str  # "" if it stands in a strip
    short_label: str  # without the time of a live story
    label_role: str
    kicker: str
    name: str
    credit: str
    number: str  # of the slide in a carousel, such as 2/7, which replaces the date
    is_cover: bool  # of a carousel
    day: datetime | None

    @property
    def has_head(self) -> bool:
        """Whether anything stands at the start of a kicker's row."""
        return bool(self.label or self.kicker)

    def has(self, item: Item) -> bool:
        """Returns whether anything stands in the place of an item."""
        match item:
            case "label":
                return bool(self.label)
            case "kicker":
                return self.has_head
            case "brand" | "name":
                return bool(self.name)
            case "credit":
                return bool(self.credit)
            case "date":
                return bool(self.number or self.day)


def row_texts(article: Article, context: RenderContext, number: str, *, is_cover: bool, has_strip: bool) -> RowTexts:
    """Returns the small texts of a card. `number` is its place in a carousel; with `has_strip`, its label is there."""
    label = "" if has_strip else context.label(article)
    own = article.label if article.label and not article.paid else ""
    return RowTexts(
        label=label,
        short_label=context.language.labels[own] if label and own else label,
        label_role=own or "label",
        kicker=typeset(article.kicker, context.language),
        name="" if article.paid else context.brand.title,
        credit=context.credit(article),
        number=number,
        is_cover=is_cover,
        day=None if article.paid else article.published_at,
    )

"""Edition: what an article is drawn with besides itself, from the design to the day."""

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from storycard.article import Article
from storycard.design.brand import Brand, Logo
from storycard.design.contrast import luminance, rgb
from storycard.design.theme import Theme
from storycard.language.language import Language

if TYPE_CHECKING:
    from storycard.photo import Photo


@dataclass(frozen=True, slots=True)
class RenderContext:
    """One way of drawing an article. `today` None leaves old stories without their year; a `preview` is not for the public."""

    theme: Theme
    brand: Brand
    language: Language
    photo: "Photo | None" = None
    today: date | None = None
    preview: bool = False

    def label(self, article: Article) -> str:
        """What must be said above a story: that it is paid for, corrected, breaking or live, or else the year of an old one."""
        if article.paid:
            return self.language.labels["paid"]
        if article.label:
            return self.language.labels[article.label]
        return str(year) if (year := self.old_year(article)) else ""

    def old_year(self, article: Article) -> int | None:
        """The year of a story that the brand counts as old today."""
        if not (self.today and article.published_at and self.brand.old_after_days):
            return None
        published = article.published_at.date()
        return published.year if (self.today - published).days > self.brand.old_after_days else None

    def credit(self, article: Article) -> str:
        """How the photographer is named on a card, "" where the brand does not or nobody is known."""
        credit = article.image.credit if article.image else ""
        return self.brand.photo_credit.replace("{credit}", credit) if credit else ""

    def link(self, article: Article) -> str:
        """The short name of where to read on: the brand's own, else the host of the article's address."""
        address = article.canonical_url.partition("://")[2]
        return (self.brand.site or re.split("[/?#]", address)[0]).removeprefix("www.")

    def logo(self) -> Logo | None:
        """The brand's mark for the ground that the foot stands on."""
        dark = luminance(rgb(self.theme.background_of("brand"))) < 0.18
        return self.brand.dark if dark else self.brand.light

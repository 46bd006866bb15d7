"""Defines RenderContext: everything besides the article that decides what its cards look like."""

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from storycard.article import Article
from storycard.design.brand import Brand, Logo
from storycard.design.contrast import luminance, rgb
from storycard.design.theme import Theme
from storycard.language.dates import time_form
from storycard.language.language import Language

if TYPE_CHECKING:
    from storycard.photo import Photo


@dataclass(frozen=True, slots=True)
class RenderContext:
    """The design, language, photograph and day for the cards of one article, and the texts that depend on them."""

    theme: Theme
    brand: Brand
    language: Language
    photo: "Photo | None" = None
    today: date | None = None  # None: old stories are not labelled with their year
    preview: bool = False  # whether a watermark marks the cards as not yet public

    def label(self, article: Article) -> str:
        """Returns the label of a story: paid, corrected, breaking or live, else the year of an old story, else "".

        The label of a live story ends with the time of its last update, unless that is in UTC, which does not tell the local time
        of the newsroom (RFC 9557, 2.2).
        """
        if article.paid:
            return self.language.labels["paid"]
        if article.label:
            label, updated = self.language.labels[article.label], article.updated_at
            is_timed = article.label == "live" and updated and updated.utcoffset()
            return f"{label} {time_form(updated, article.language)}" if updated and is_timed else label
        return str(year) if (year := self.old_year(article)) else ""

    def old_year(self, article: Article) -> int | None:
        """Returns the year of a story that is older today than the brand's limit; None for any other."""
        if not (self.today and article.published_at and self.brand.old_after_days):
            return None
        published = article.published_at.date()
        return published.year if (self.today - published).days > self.brand.old_after_days else None

    def credit(self, article: Article) -> str:
        """Returns the photo credit in the brand's wording; "" if there is no photographer or the brand shows no credits."""
        credit = article.image.credit if article.image else ""
        return self.brand.photo_credit.replace("{credit}", credit) if credit else ""

    def link(self, article: Article) -> str:
        """Returns the short address on a carousel's last slide: the brand's site, else the host of the article's URL."""
        address = article.canonical_url.partition("://")[2]
        return (self.brand.site or re.split("[/?#]", address)[0]).removeprefix("www.")

    def logo(self, ground: str) -> Logo | None:
        """Returns the brand's logo for a background colour."""
        return self.brand.dark if luminance(rgb(ground)) < 0.18 else self.brand.light

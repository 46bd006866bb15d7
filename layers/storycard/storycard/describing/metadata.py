"""Builds the metadata of a card's file, by the IPTC Photo Metadata Standard 2025.1."""

from dataclasses import dataclass

from storycard import RENDERER
from storycard.article import Article
from storycard.describing.alt_text import long_description, statement
from storycard.design.render_context import RenderContext
from storycard.layout.scene import Scene

_SOURCE_TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
# "Representation of data via human programming": a program typesets an article's words; no model generates anything.
DATA_DRIVEN = _SOURCE_TYPES + "dataDrivenMedia"
# "Mix of several elements, any of which may or may not be generative AI": how the photograph was made is unknown here.
COMPOSITE = _SOURCE_TYPES + "composite"


@dataclass(frozen=True, slots=True)
class Metadata:
    """The standard's fields, under its names where it has them; "" if the article has none. `created` is a day (ISO 8601)."""

    identifier: str
    headline: str
    description: str
    alt: str
    extended_description: str
    creators: tuple[str, ...]
    credit_line: str
    copyright_notice: str
    source_url: str
    language: str
    digital_source_type: str
    created: str
    tool: str


def card_metadata(scene: Scene, article: Article, context: RenderContext, name: str, alt: str) -> Metadata:
    """Returns the metadata of the card `name`, such as "quote-square".

    Dates are the article's own, so that rendering a card again gives the same bytes. Paid content does not carry the newsroom's
    logo, and claims none of its rights.
    """
    newsroom = "" if article.paid else context.brand.title
    photo = context.photo if scene.photograph else None
    named = article.image.credit if scene.photograph and article.image else ""
    photographer = named or (photo.rights.credit if photo else "")  # the article's credit overrides the file's
    photo_notice = (photo.rights.notice if photo else "") or (context.credit(article) if named else "") or photographer
    year = str(article.published_at.year) if article.published_at else ""
    notice = context.brand.copyright.replace("{year}", year).replace("{title}", newsroom)
    rights = " ".join(notice.split()) if newsroom else ""
    return Metadata(
        identifier=f"{article.id}/{name}",
        headline=article.headline,
        description=statement(scene, context.language),
        alt=alt,
        extended_description=long_description(scene, article, context),
        creators=article.byline or ((newsroom,) if newsroom else ()),
        credit_line=" / ".join(filter(None, (photographer, newsroom))),
        copyright_notice="; ".join(filter(None, (rights, photo_notice))),
        source_url=article.canonical_url,
        language=article.language,
        digital_source_type=COMPOSITE if scene.photograph else DATA_DRIVEN,
        created=str(article.published_at.date()) if article.published_at else "",
        tool=f"Storycard {RENDERER}",
    )

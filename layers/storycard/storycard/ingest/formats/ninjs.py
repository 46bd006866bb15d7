"""Reads a news item in IPTC's ninjs format, versions 1.x to 3.x, which differ in the case of keys and in what is a list.

Superdesk extends it: `service` is the section, `authors` are people, `firstpublished` is a date, and the `body_text` of a picture
is its alternative text. `slugline` holds keywords for the desk in all versions, not a kicker.
https://iptc.org/standards/ninjs/
https://github.com/superdesk/superdesk-core/blob/develop/superdesk/publish/formatters/ninjs_formatter.py
"""

from typing import Any

from storycard.article import Article, ArticleImage, Status
from storycard.ingest.article_kinds import ninjs_kind, require_kind
from storycard.ingest.closed_text import closes_text
from storycard.ingest.draft import Draft, build_article, build_image, detect_label, marks_paid_content
from storycard.ingest.fields import (
    MAX_DEPTH,
    at,
    first_text,
    first_time,
    items,
    objects,
    raw_text,
    read_object,
    relative_point,
    text,
)
from storycard.ingest.html.body import Body, read_body
from storycard.ingest.html.inline import read_line
from storycard.ingest.mapped.embargo_time import read_embargo
from storycard.ingest.plain_text import clean_line
from storycard.ingest.read_options import ReadOptions
from storycard.ingest.typed_markup import html_text
from storycard.ingest.web_addresses import web_address
from storycard.language.reading_words import ReadingWords

_LEAD = ("featuremedia", "main", "mainimage", "featureimage", "hero")  # keys and names of the item's own picture, folded
_STATUSES: dict[str, Status] = {"usable": "published", "withheld": "draft", "canceled": "withdrawn", "cancelled": "withdrawn"}


def read_ninjs(data: bytes, options: ReadOptions) -> Article:
    """Reads a text item. Raises ArticleInvalid, also for a picture, a package or any other type.

    An item that is for subscribers only keeps its headlines and its description, unless `options.paid_text` is set.
    """
    words = options.languages.reading_words
    item = _folded(read_object(data), 0)
    require_kind(ninjs_kind(item), "text")
    closed = not options.paid_text and _is_closed(item, words)
    uri = text(item, "uri")
    canonical = web_address(first_text(text(item, "url"), text(item, "weburl"), uri))
    headline = html_text(first_text(_value_by_role(item, "headline", ("main", "")), text(item, "headline"), text(item, "title")))
    services, subjects = ([text(entry, "name") for entry in _list(item, name)] for name in ("service", "subject"))
    genres = [text(genre, "name") for genre in _list(item, "genre")]
    status = first_text(text(item, "pubstatus"), "usable").lower()
    return build_article(
        Draft(
            id=first_text(text(item, "guid"), uri, text(item, "altids", 0, "value")),
            headline=headline,
            languages=(text(item, "language"),),
            deck=html_text(_value_by_role(item, "headline", ("sub", "subheadline", "deck"))),
            description=_description(item, closed),
            section=next(filter(None, [*services, *subjects]), ""),
            body=_body(item, headline, words),
            byline=_byline(item),
            published_at=first_time(item, "firstpublished", "firstcreated", "contentcreated", "versioncreated"),
            updated_at=first_time(item, "versioncreated", "contentcreated"),
            embargo_until=read_embargo(item, "embargoeduntil") or read_embargo(item, "embargoed"),
            status=_STATUSES.get(status, "draft"),
            label=detect_label(words, *genres, text(item, "slugline"), text(item, "profile")),
            canonical_url=canonical,
            image=_image(item, canonical),
            paid=marks_paid_content(words, *genres),
            closed=closed,
        ),
        options,
    )


def _folded(value: object, depth: int) -> Any:
    """Returns `value` with all keys in lower case without underscores: pubStatus, pubstatus and pub_status become one."""
    if depth > MAX_DEPTH:
        return None
    if isinstance(value, dict):
        return {str(key).lower().replace("_", ""): _folded(inner, depth + 1) for key, inner in value.items()}
    return [_folded(inner, depth + 1) for inner in value] if isinstance(value, list) else value


def _list(item: object, name: str) -> list[dict[str, Any]]:
    """Returns the objects of a list property, named in the plural or the singular.

    Version 1.x has an object of named objects instead, whose values are returned.
    """
    found = at(item, f"{name}s") or at(item, "bodies" if name == "body" else name)
    if isinstance(found, dict) and not ("name" in found or "value" in found):
        return [entry for entry in found.values() if isinstance(entry, dict)]
    return objects(found)


def _value_by_role(item: object, name: str, roles: tuple[str, ...]) -> str:
    """Returns the value whose role comes first in `roles`. "" in `roles` means a value without a role."""
    values = {text(entry, "role").lower(): raw_text(entry, "value") for entry in reversed(_list(item, name))}
    return next((values[role] for role in roles if values.get(role)), "")


def _is_closed(item: object, words: ReadingWords) -> bool:
    """Returns whether the item says that its text is not for everybody.

    The standard has `usageTerms`, a sentence. Vendors add `signals` or an `accessLevel`: texts, or objects with a name.
    """
    entries = [entry for name in ("signals", "signal", "accesslevel", "access") for entry in items(item, name)]
    signals = [text(entry, *path) for entry in entries for path in ((), ("name",), ("literal",), ("value",), ("uri",))]
    return at(item, "isaccessibleforfree") is False or closes_text(signals, text(item, "usageterms"), words)


def _description(item: object, closed: bool = False) -> str:
    roles: tuple[str, ...] = ("summary", "abstract", "description", "")
    if not closed:
        roles = ("lead", *roles[:-1], "text", "main", "")
    described = _value_by_role(item, "description", roles) or raw_text(item, "descriptiontext") or raw_text(item, "description")
    return html_text(described) or read_line(raw_text(item, "descriptionhtml"))


def _body(item: object, headline: str, words: ReadingWords) -> Body:
    """Reads the body from its HTML, else from NITF (XML), else from the lines of its plain text."""
    bodies = _list(item, "body")
    by_kind = {
        first_text(text(body, "contenttype"), text(body, "role")).lower(): raw_text(body, "value") for body in reversed(bodies)
    }
    html = next((value for kind, value in by_kind.items() if value and "html" in kind), "")
    nitf = next((value for kind, value in by_kind.items() if value and "nitf" in kind), "")
    body = read_body(first_text(html, raw_text(item, "bodyhtml"), raw_text(item, "bodyxhtml"), nitf), words)
    if body.paragraphs:
        return body
    lines = raw_text(item, "bodytext") or next(filter(None, by_kind.values()), "")
    paragraphs = [clean_line(line) for line in lines.splitlines()]
    return Body(tuple(paragraph for paragraph in paragraphs if paragraph and paragraph != headline))


def _byline(item: object) -> tuple[str, ...]:
    by = text(item, "by") or text(item, "byline")
    creators = [text(creator, "name") for creator in _list(item, "creator") + _list(item, "infosource") if creator]
    authors = [text(person, "name") for person in _list(item, "person") + objects(item, "people") if _is_author(person)]
    signed = [text(author, "name") for author in objects(item, "authors")]
    return (by,) if by else tuple(authors or signed or creators)


def _is_author(person: object) -> bool:
    return text(person, "rel").lower() in ("author", "creator", "writer", "byline")


def _image(item: dict[str, Any], base: str) -> ArticleImage | None:
    for picture in [*_pictures(item), item]:
        renditions = [entry for entry in _list(picture, "rendition") if _is_picture(entry)]
        best = max(renditions, key=_pixels, default=None)
        url = web_address(text(best, "href"), base)
        if url:
            described = html_text(
                first_text(
                    _value_by_role(picture, "description", ("alt", "alttext")),
                    raw_text(picture, "bodytext") if picture is not item else "",
                    _value_by_role(picture, "description", ("caption", "")),
                    _description(picture),
                )
            )
            credit = first_text(
                text(picture, "creditline"), text(picture, "by"), text(picture, "byline"), text(picture, "copyrightholder")
            )
            return build_image(url, credit=credit, alt=described, focal_point=_focal_point(best))
    return None


def _pictures(item: dict[str, Any]) -> list[dict[str, Any]]:
    """Returns the associated pictures, that of the whole item first; others stand in the text, or belong to another story."""
    found = at(item, "associations") or at(item, "association")
    named = {id(entry): name for name, entry in found.items()} if isinstance(found, dict) else {}
    pictures = [entry for entry in _list(item, "association") if text(entry, "type") in ("picture", "graphic", "image", "")]
    return sorted(pictures, key=lambda entry: first_text(named.get(id(entry), ""), text(entry, "name")).lower() not in _LEAD)


def _is_picture(rendition: dict[str, Any]) -> bool:
    kind = first_text(text(rendition, "contenttype"), text(rendition, "mimetype")).lower()
    return bool(text(rendition, "href")) and (kind.startswith("image/") or not kind) and "watermark" not in str(rendition).lower()


def _pixels(rendition: dict[str, Any]) -> int:
    width, height = at(rendition, "width"), at(rendition, "height")
    return width * height if isinstance(width, int) and isinstance(height, int) else 0


def _focal_point(rendition: object) -> tuple[float, float] | None:
    """Converts the point of interest, which ninjs gives in px of the rendition from its top left corner."""
    return relative_point(at(rendition, "poi"), rendition)

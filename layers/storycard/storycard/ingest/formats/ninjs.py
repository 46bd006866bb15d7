"""A news item in IPTC's ninjs, 1.x, 2.x or 3.x, into an Article: the versions differ in case and in what is a list.

https://iptc.org/standards/ninjs/
"""

from typing import Any

from storycard.article import Article, ArticleImage, Status
from storycard.ingest.draft import Draft, build_article, is_paid_label, label_of
from storycard.ingest.fields import MAX_DEPTH, at, first, moment, objects, plain, raw_text, read_object, share_of, text
from storycard.ingest.html.body import Body, read_body
from storycard.ingest.plain_text import clean_line
from storycard.ingest.web_addresses import web_address

_STATUSES: dict[str, Status] = {"usable": "published", "withheld": "draft", "canceled": "withdrawn", "cancelled": "withdrawn"}


def read_ninjs(data: bytes, article_id: str | None = None, language: str | None = None) -> Article:
    """A text item. Raises ArticleInvalid."""
    item = _folded(read_object(data), 0)
    uri = text(item, "uri")
    canonical = web_address(first(text(item, "url"), text(item, "weburl"), uri))
    headline = plain(first(_chosen(item, "headline", ("main", "")), text(item, "headline"), text(item, "title")))
    subjects = [text(subject, "name") for subject in _subjects(item)]
    kicker = text(item, "slugline") if " " in text(item, "slugline") else ""
    genres = [text(genre, "name") for genre in _list(item, "genre")]
    status = first(text(item, "pubstatus"), "usable").lower()
    return build_article(
        Draft(
            id=first(text(item, "guid"), uri, text(item, "altids", 0, "value")),
            headline=headline,
            languages=(text(item, "language"),),
            deck=plain(_chosen(item, "headline", ("sub", "subheadline", "deck"))),
            description=_description(item),
            kicker=kicker,
            section=next(filter(None, subjects), ""),
            body=_body(item, headline),
            byline=_byline(item),
            published_at=_moment(item, "firstcreated", "contentcreated", "versioncreated"),
            updated_at=_moment(item, "versioncreated", "contentcreated"),
            embargo_until=_moment(item, "embargoeduntil", "embargoed"),
            status=_STATUSES.get(status, "draft"),
            label=label_of(*genres, text(item, "slugline"), text(item, "profile")),
            canonical_url=canonical,
            image=_image(item, canonical),
            paid=is_paid_label(*genres),
        ),
        article_id,
        language,
    )


def _folded(value: object, depth: int) -> Any:
    """The same with every key in small letters without underlines: pubStatus, pubstatus and pub_status are one."""
    if depth > MAX_DEPTH:
        return None
    if isinstance(value, dict):
        return {str(key).lower().replace("_", ""): _folded(inner, depth + 1) for key, inner in value.items()}
    return [_folded(inner, depth + 1) for inner in value] if isinstance(value, list) else value


def _list(item: object, name: str) -> list[dict[str, Any]]:
    """A property that is a list under its plural or its singular; 1.x has objects by name, and so their values."""
    found = at(item, f"{name}s") or at(item, "bodies" if name == "body" else name)
    if isinstance(found, dict) and not ("name" in found or "value" in found):
        return [entry for entry in found.values() if isinstance(entry, dict)]
    return objects(found)


def _chosen(item: object, name: str, roles: tuple[str, ...]) -> str:
    """The value in the first of these roles; without a role is "" ."""
    values = {text(entry, "role").lower(): raw_text(entry, "value") for entry in reversed(_list(item, name))}
    return next((values[role] for role in roles if values.get(role)), "")


def _description(item: object) -> str:
    roles = ("lead", "summary", "abstract", "description", "text", "main", "")
    described = _chosen(item, "description", roles) or raw_text(item, "descriptiontext") or raw_text(item, "description")
    return plain(described or raw_text(item, "descriptionhtml"))


def _subjects(item: object) -> list[dict[str, Any]]:
    return _list(item, "subject")


def _body(item: object, headline: str) -> Body:
    """The body in the form that says most: HTML, else NITF, else plain text by lines."""
    bodies = _list(item, "body")
    marked = {first(text(body, "contenttype"), text(body, "role")).lower(): raw_text(body, "value") for body in reversed(bodies)}
    html = next((value for kind, value in marked.items() if value and "html" in kind), "")
    nitf = next((value for kind, value in marked.items() if value and "nitf" in kind), "")
    body = read_body(first(html, raw_text(item, "bodyhtml"), raw_text(item, "bodyxhtml"), nitf))
    if body.paragraphs:
        return body
    lines = raw_text(item, "bodytext") or next(filter(None, marked.values()), "")
    paragraphs = [clean_line(line) for line in lines.splitlines()]
    return Body(tuple(paragraph for paragraph in paragraphs if paragraph and paragraph != headline))


def _byline(item: object) -> tuple[str, ...]:
    by = text(item, "by") or text(item, "byline")
    creators = [text(creator, "name") for creator in _list(item, "creator") + _list(item, "infosource") if creator]
    authors = [text(person, "name") for person in _list(item, "person") + objects(item, "people") if _writes(person)]
    return (by,) if by else tuple(authors or creators)


def _writes(person: object) -> bool:
    return text(person, "rel").lower() in ("author", "creator", "writer", "byline")


def _moment(item: object, *names: str) -> Any:
    return next(filter(None, (moment(at(item, name)) for name in names)), None)


def _image(item: dict[str, Any], base: str) -> ArticleImage | None:
    pictures = [entry for entry in _list(item, "association") if text(entry, "type") in ("picture", "graphic", "image", "")]
    for picture in [*pictures, item]:
        renditions = [entry for entry in _list(picture, "rendition") if _is_picture(entry)]
        best = max(renditions, key=_pixels, default=None)
        url = web_address(text(best, "href"), base)
        if url:
            described = plain(first(_chosen(picture, "description", ("alt", "alttext", "caption", "")), _description(picture)))
            credit = first(
                text(picture, "creditline"), text(picture, "by"), text(picture, "byline"), text(picture, "copyrightholder")
            )
            return ArticleImage(url, credit=credit[:500], alt=described[:1_000], focal_point=_focal_point(best))
    return None


def _is_picture(rendition: dict[str, Any]) -> bool:
    kind = first(text(rendition, "contenttype"), text(rendition, "mimetype")).lower()
    return bool(text(rendition, "href")) and (kind.startswith("image/") or not kind) and "watermark" not in str(rendition).lower()


def _pixels(rendition: dict[str, Any]) -> int:
    width, height = at(rendition, "width"), at(rendition, "height")
    return width * height if isinstance(width, int) and isinstance(height, int) else 0


def _focal_point(rendition: object) -> tuple[float, float] | None:
    """The point of interest, which ninjs counts in px of the rendition from its top left corner."""
    return share_of(at(rendition, "poi"), rendition)

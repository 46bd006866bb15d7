"""A story in Arc XP's ANS, any version from 0.5 to 0.10, into an Article.

https://github.com/washingtonpost/ans-schema
"""

from typing import Any
from urllib.parse import urlsplit

from storycard.article import Article, ArticleImage, Status
from storycard.ingest.draft import Draft, build_article, is_paid_label, label_of
from storycard.ingest.fields import MAX_DEPTH, at, first, is_true, moment, objects, plain, raw_text, read_object, share_of, text
from storycard.ingest.html.body import read_body
from storycard.ingest.web_addresses import web_address

_STATUSES: dict[str, Status] = {"published": "published", "publish": "published", "live": "published"}
_EMBARGO = ("content_restrictions", "embargo")
_STATUSES |= {"deleted": "withdrawn", "unpublished": "withdrawn"}


def read_ans(data: bytes, article_id: str | None = None, language: str | None = None) -> Article:
    """A story, bare or in the `body` of an Arc event. Raises ArticleInvalid."""
    story = read_object(data)
    if "headlines" not in story and isinstance(story.get("body"), dict):
        story = story["body"]
    site = first(text(story, "website_url"), text(story, "canonical_url"), text(story, "short_url"))
    section = (
        at(story, "taxonomy", "primary_section") or at(story, "taxonomy", "primary_site") or at(story, "taxonomy", "sections", 0)
    )
    kicker = first(text(story, "label", "basic", "text"), text(story, "label", "kicker", "text"))
    embargo = at(story, *_EMBARGO)
    corrected = any(raw_text(element, "type") == "correction" for element in objects(story, "content_elements"))
    names = [kicker, text(story, "subtype"), *(text(tag, "text") for tag in objects(story, "taxonomy", "tags"))]
    return build_article(
        Draft(
            id=first(text(story, "_id"), text(story, "id"), text(story, "uuid")),
            headline=plain(
                first(raw_text(story, "headlines", "basic"), raw_text(story, "headlines", "web"), raw_text(story, "headline"))
            ),
            languages=(text(story, "language"), text(story, "locale")),
            deck=plain(raw_text(story, "subheadlines", "basic")),
            description=plain(first(raw_text(story, "description", "basic"), raw_text(story, "description"))),
            kicker=kicker,
            section=first(
                text(section, "name"), text(section, "title"), text(section, "additional_properties", "original", "name")
            ),
            body=read_body("".join(_element(element, 0) for element in objects(story, "content_elements"))),
            byline=tuple(_name(author) for author in objects(story, "credits", "by")),
            published_at=_moment(story, "first_publish_date", "publish_date", "published_date", "display_date"),
            updated_at=_moment(story, "last_updated_date", "display_date"),
            embargo_until=moment(at(embargo, "end_time")) if is_true(at(embargo, "active")) else None,
            status=_status(story),
            label=label_of(*names, "correction" if corrected else ""),
            canonical_url=_address(story, site),
            image=_image(story, site),
            paid=is_paid_label(*names) or is_true(at(story, "owner", "sponsored")),
        ),
        article_id,
        language,
    )


def _status(story: dict[str, Any]) -> Status:
    if at(story, "revision", "published") is False or at(story, "publishing", "has_published_edition") is False:
        return "draft"
    if is_true(at(story, *_EMBARGO, "active")) and not moment(at(story, *_EMBARGO, "end_time")):
        return "draft"  # an embargo that nobody has set an end to
    status = text(story, "status").lower()
    return _STATUSES.get(status, "draft") if status else "published"


def _element(element: dict[str, Any], depth: int) -> str:
    """One content element as HTML; pictures, embeds, links to other stories and what is nested absurdly deep are left out."""
    if depth > MAX_DEPTH:
        return ""
    content = raw_text(element, "content")
    match raw_text(element, "type"):
        case "text":
            return f"<p>{content}</p>"
        case "raw_html":
            return f"<div>{content}</div>"
        case "header":
            return f"<h2>{content}</h2>"
        case "list":
            tag = "ol" if raw_text(element, "list_type") == "ordered" else "ul"
            return f"<{tag}>{''.join(f'<li>{_element(item, depth + 1)}</li>' for item in objects(element, 'items'))}</{tag}>"
        case "quote" | "blockquote":
            inner = "".join(_element(part, depth + 1) for part in objects(element, "content_elements")) or f"<p>{content}</p>"
            source = first(raw_text(element, "citation", "content"), raw_text(element, "citation"))
            pulled = "pullquote" if raw_text(element, "subtype").replace("-", "").replace("_", "") == "pullquote" else "quoted"
            return f'<blockquote class="{pulled}">{inner}<cite>{source}</cite></blockquote>'
        case "element_group" | "content_zone":
            return "".join(_element(part, depth + 1) for part in objects(element, "content_elements"))
    return ""


def _name(author: dict[str, Any]) -> str:
    return first(
        text(author, "name"), text(author, "byline"), f"{text(author, 'first_name')} {text(author, 'last_name')}".strip()
    )


def _moment(story: dict[str, Any], *names: str) -> Any:
    return next(filter(None, (moment(at(story, name)) for name in names)), None)


def _address(story: dict[str, Any], site: str) -> str:
    """The canonical address; a relative one stands only where the story names its site's address elsewhere."""
    base = "{0.scheme}://{0.netloc}".format(urlsplit(site)) if web_address(site) else ""
    websites = at(story, "websites")
    inner = at(websites, text(story, "canonical_website"), "website_url") if isinstance(websites, dict) else ""
    return web_address(first(text(story, "canonical_url"), inner if isinstance(inner, str) else ""), base)


def _image(story: dict[str, Any], site: str) -> ArticleImage | None:
    """The promoted picture, a promoted video's still, else the first picture of the text."""
    lead = at(story, "promo_items", "basic") or at(story, "promo_items", "lead_art") or at(story, "promo_image")
    pictures = [lead, at(lead, "promo_items", "basic"), at(lead, "promo_image"), *objects(story, "content_elements")]
    for picture in pictures:
        url = web_address(text(picture, "url"), site)
        if url and raw_text(picture, "type") in ("image", ""):
            credit = ", ".join(filter(None, [_name(author) for author in objects(picture, "credits", "by")][:3]))
            agency = ", ".join(filter(None, [_name(owner) for owner in objects(picture, "credits", "affiliation")][:2]))
            credit = first(text(picture, "vanity_credits", "by", 0, "byline"), "/".join(filter(None, (credit, agency))))
            alt = plain(first(raw_text(picture, "alt_text"), raw_text(picture, "caption")))
            return ArticleImage(url, credit=credit[:500], alt=alt[:1_000], focal_point=_focal_point(picture))
    return None


def _focal_point(picture: object) -> tuple[float, float] | None:
    """ANS counts px of the original from its top left corner."""
    point = at(picture, "focal_point") or at(picture, "additional_properties", "focal_point", "max")
    point = {"x": point[0], "y": point[1]} if isinstance(point, list) and len(point) == 2 else point
    return share_of(point, picture)

"""Reads a story in Arc XP's ANS format, versions 0.5 to 0.10.

https://github.com/washingtonpost/ans-schema
"""

from typing import Any
from urllib.parse import urlsplit

from storycard.article import Article, ArticleImage, SocialHeadlines, Status
from storycard.ingest.article_kinds import ans_kind, require_kind
from storycard.ingest.closed_text import is_closed_code
from storycard.ingest.draft import Draft, build_article, build_image, detect_label, marks_paid_content
from storycard.ingest.fields import (
    MAX_DEPTH,
    at,
    first_text,
    first_time,
    is_true,
    items,
    objects,
    raw_text,
    read_object,
    relative_point,
    text,
)
from storycard.ingest.html.body import read_body
from storycard.ingest.mapped.embargo_time import embargo_time
from storycard.ingest.read_options import ReadOptions
from storycard.ingest.typed_markup import html_text
from storycard.ingest.web_addresses import web_address

_STATUSES: dict[str, Status] = {"published": "published", "publish": "published", "live": "published"}
_STATUSES |= {"deleted": "withdrawn", "unpublished": "withdrawn"}
_CODE = ("content_restrictions", "content_code")
_EMBARGO = ("content_restrictions", "embargo")


def read_ans(data: bytes, options: ReadOptions) -> Article:
    """Reads a story, on its own or in the `body` of an Arc event. Raises ArticleInvalid, also for any other document.

    A story with a content code other than "free" keeps its headlines and its description, unless `options.paid_text` is set.
    """
    words = options.languages.reading_words
    story = read_object(data)
    if "headlines" not in story and isinstance(story.get("body"), dict):
        story = story["body"]
    require_kind(ans_kind(story), "story")
    site = first_text(text(story, "website_url"), text(story, "canonical_url"), text(story, "short_url"))
    section = (
        at(story, "taxonomy", "primary_section") or at(story, "taxonomy", "primary_site") or at(story, "taxonomy", "sections", 0)
    )
    kicker = first_text(text(story, "label", "basic", "text"), text(story, "label", "kicker", "text"))
    embargo = at(story, *_EMBARGO)
    corrected = any(raw_text(element, "type") == "correction" for element in objects(story, "content_elements"))
    names = [kicker, text(story, "subtype"), *(text(tag, "text") for tag in objects(story, "taxonomy", "tags"))]
    return build_article(
        Draft(
            id=first_text(text(story, "_id"), text(story, "id"), text(story, "uuid")),
            headline=_headline(story),
            social=SocialHeadlines(html_text(raw_text(story, "headlines", "social"))),
            languages=(text(story, "language"), text(story, "locale")),
            deck=html_text(raw_text(story, "subheadlines", "basic")),
            description=html_text(first_text(raw_text(story, "description", "basic"), raw_text(story, "description"))),
            kicker=kicker,
            section=first_text(
                text(section, "name"), text(section, "title"), text(section, "additional_properties", "original", "name")
            ),
            body=read_body("".join(_element(element, 0) for element in objects(story, "content_elements")), words),
            byline=tuple(_person_name(author) for author in objects(story, "credits", "by")),
            published_at=first_time(story, "first_publish_date", "publish_date", "published_date", "display_date"),
            updated_at=first_time(story, "last_updated_date", "display_date"),
            embargo_until=embargo_time(at(embargo, "end_time")) if is_true(at(embargo, "active")) else None,
            status=_status(story),
            label=detect_label(words, *names, "correction" if corrected else ""),
            canonical_url=_address(story, site),
            image=_image(story, site),
            paid=marks_paid_content(words, *names) or is_true(at(story, "owner", "sponsored")),
            closed=not options.paid_text and any(is_closed_code(text(code)) for code in items(story, *_CODE)),
        ),
        options,
    )


def _headline(story: dict[str, Any]) -> str:
    headlines = at(story, "headlines")
    return html_text(first_text(raw_text(headlines, "basic"), raw_text(headlines, "web"), raw_text(story, "headline")))


def _status(story: dict[str, Any]) -> Status:
    if at(story, "revision", "published") is False or at(story, "publishing", "has_published_edition") is False:
        return "draft"
    if is_true(at(story, *_EMBARGO, "active")) and not embargo_time(at(story, *_EMBARGO, "end_time")):
        return "draft"  # an embargo without an end, or with one that might be misread
    status = text(story, "status").lower()
    return _STATUSES.get(status, "draft") if status else "published"


def _element(element: dict[str, Any], depth: int) -> str:
    """Converts a content element to HTML.

    Leaves out pictures, embeds, links to other stories, and elements nested deeper than MAX_DEPTH.
    """
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
            source = first_text(raw_text(element, "citation", "content"), raw_text(element, "citation"))
            pulled = "pullquote" if raw_text(element, "subtype").replace("-", "").replace("_", "") == "pullquote" else "quoted"
            return f'<blockquote class="{pulled}">{inner}<cite>{source}</cite></blockquote>'
        case "element_group" | "content_zone":
            return "".join(_element(part, depth + 1) for part in objects(element, "content_elements"))
    return ""


def _person_name(author: dict[str, Any]) -> str:
    return first_text(
        text(author, "name"), text(author, "byline"), f"{text(author, 'first_name')} {text(author, 'last_name')}".strip()
    )


def _address(story: dict[str, Any], site: str) -> str:
    """Returns the canonical URL. A relative one counts only if the story names its site's URL elsewhere."""
    base = "{0.scheme}://{0.netloc}".format(urlsplit(site)) if web_address(site) else ""
    websites = at(story, "websites")
    inner = at(websites, text(story, "canonical_website"), "website_url") if isinstance(websites, dict) else ""
    return web_address(first_text(text(story, "canonical_url"), inner if isinstance(inner, str) else ""), base)


def _image(story: dict[str, Any], site: str) -> ArticleImage | None:
    """Returns the promoted picture, else the still of a promoted video, else the first picture in the text."""
    lead = at(story, "promo_items", "basic") or at(story, "promo_items", "lead_art") or at(story, "promo_image")
    pictures = [lead, at(lead, "promo_items", "basic"), at(lead, "promo_image"), *objects(story, "content_elements")]
    for picture in pictures:
        url = web_address(text(picture, "url"), site)
        if url and raw_text(picture, "type") in ("image", ""):
            credit = ", ".join(filter(None, [_person_name(author) for author in objects(picture, "credits", "by")][:3]))
            agency = ", ".join(filter(None, [_person_name(owner) for owner in objects(picture, "credits", "affiliation")][:2]))
            credit = first_text(text(picture, "vanity_credits", "by", 0, "byline"), "/".join(filter(None, (credit, agency))))
            alt = html_text(first_text(raw_text(picture, "alt_text"), raw_text(picture, "caption")))
            return build_image(url, credit=credit, alt=alt, focal_point=_focal_point(picture))
    return None


def _focal_point(picture: object) -> tuple[float, float] | None:
    """Converts a focal point, which ANS gives in px of the original from its top left corner."""
    point = at(picture, "focal_point") or at(picture, "additional_properties", "focal_point", "max")
    point = {"x": point[0], "y": point[1]} if isinstance(point, list) and len(point) == 2 else point
    return relative_point(point, picture)

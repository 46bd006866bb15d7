"""Tells the heading of a page's article from that of its site's logo."""

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from storycard.article import MAX_LINE
from storycard.ingest.html.inline import Title, title_within, visible_line

_LOGO = re.compile(
    r"(?:^|[\s_-])(?:logo|site-?(?:title|name|logo|branding|header)|brand(?:ing)?|masthead|navbar)(?=$|[\s_-])", re.IGNORECASE
)
_MARKED = re.compile(r"headline|(?:entry|post|article|story|page)[-_]*title", re.IGNORECASE)
_OF_ARTICLE = re.compile(r"article|entry|post|story|content|headline", re.IGNORECASE)
_MAX_HEADINGS = 20


class Headings(NamedTuple):
    """The heading of the article, and what the headings of logos say."""

    article: Title = Title("")
    logos: tuple[str, ...] = ()


def find_headings(tree: LexborHTMLParser) -> Headings:
    """Returns the first `<h1>` that is marked as the headline, or is inside the article, or else is not a logo."""
    found = [node for node in tree.css("h1")[:_MAX_HEADINGS] if len(node.text()) <= MAX_LINE]
    logos = [node for node in found if _is_logo(node)]
    of_logos = {node.mem_id for node in logos}
    others = [node for node in found if node.mem_id not in of_logos and visible_line(node)]
    inside = [node for node in others if _is_inside(node, ("article", "main"))]
    marked = [node for node in others if _MARKED.search(f"{node.attributes.get('class')} {node.attributes.get('itemprop')}")]
    best = next(iter(marked or inside or others), None)
    return Headings(title_within(best) if best else Title(""), tuple(filter(None, map(_logo_name, logos))))


def _is_logo(heading: LexborNode) -> bool:
    """Returns whether a heading is named as a logo, links to the site's front page, or stands in the site's header."""
    link = heading.css_first("a")
    if link and _is_front_page(link.attributes.get("href") or "") and link.text(strip=True) == heading.text(strip=True):
        return True
    node: LexborNode | None = heading
    while node is not None and node.tag not in ("article", "main", "body"):
        names = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}"
        if _LOGO.search(names) or node.tag == "nav" or node.attributes.get("role") == "banner":
            return True
        if node.tag == "header" and not _OF_ARTICLE.search(names) and not _is_inside(node, ("article", "main")):
            return True
        node = node.parent
    return False


def _is_front_page(address: str) -> bool:
    parts = urlsplit(address) if not re.search(r"[\[\]\s]", address) else None
    return parts is not None and parts.path in ("", "/") and bool(parts.netloc or parts.path) and not parts.query


def _is_inside(node: LexborNode, tags: tuple[str, ...]) -> bool:
    holder = node.parent
    while holder is not None and holder.tag not in tags:
        holder = holder.parent
    return holder is not None


def _logo_name(logo: LexborNode) -> str:
    image = logo.css_first("img")
    return visible_line(logo) or ((image.attributes.get("alt") or "").strip() if image else "")

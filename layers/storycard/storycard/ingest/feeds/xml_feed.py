"""Reads RSS 0.9 to 2.0, Atom and news sitemaps.

Expat fetches nothing, and a document that declares entities is refused, so no entity can grow or read a file.
"""

from dataclasses import dataclass, field
from xml.parsers import expat

from storycard.errors import FeedInvalid
from storycard.ingest.feeds.entry import MAX_ENTRIES, FeedEntry, build_entry
from storycard.ingest.feeds.xml_repair import repair_xml
from storycard.ingest.web_addresses import web_address

_ATOM = "http://www.w3.org/2005/Atom"
_ROOTS = {"rss": "item", "RDF": "item", "feed": "entry", "urlset": "url"}  # root elements, and the names of their entries
_SAID = ("title", "updated", "modified", "issued", "published", "pubDate", "date", "lastmod", "publication_date")
_ALTERNATE = ("", "alternate", "http://www.iana.org/assignments/relation/alternate")
_PAGES = ("", "text/html", "application/xhtml+xml")
_MAX_DEPTH = 200
_MAX_TEXT = 5000  # characters of one element
_KEPT_DEPTH = 2  # levels below an entry: those of <news:news>; deeper levels are the text of an article


class _Enough(Exception):
    """Stops the parser when enough entries are read."""


@dataclass(slots=True)
class _Element:
    space: str
    name: str
    attributes: dict[str, str]
    base: str
    spaces: dict[str, str]
    level: int  # below the entry, which is 0; -1 outside of entries
    parts: list[str] = field(default_factory=list)
    length: int = 0
    children: "list[_Element]" = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.parts).strip()


def read_xml_feed(document: str, url: str) -> list[FeedEntry]:
    """Returns the entries; of a truncated or malformed document, those before the fault. Raises FeedInvalid."""
    reader = _Reader(url)
    try:
        reader.read(repair_xml(document))
    except _Enough:
        pass
    except expat.ExpatError as error:
        if not reader.elements:
            reason = expat.ErrorString(error.code)
            raise FeedInvalid("feed", "well-formed XML", f"{reason} in line {error.lineno}") from None
    elements = [element for element in reader.elements if _child(element, "news")] or reader.elements
    return [entry for element in elements if (entry := _entry(element))]


class _Reader:
    """Collects the elements of entries, and what lies within them."""

    def __init__(self, url: str) -> None:
        self.elements: list[_Element] = []
        self._stack: list[_Element] = []
        self._entry_name = ""
        self._url = url
        self._parser = expat.ParserCreate("utf-8")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.EntityDeclHandler = self._refuse_entity

    def read(self, document: str) -> None:
        self._parser.Parse(document.encode("utf-8", "replace"), True)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        parent = self._stack[-1] if self._stack else None
        prefix, _, name = tag.rpartition(":")
        declared = {key[5:].lstrip(":"): value for key, value in attributes.items() if key == "xmlns" or key.startswith("xmlns:")}
        spaces = ({**parent.spaces, **declared} if declared else parent.spaces) if parent else declared
        above = parent.base if parent else self._url
        base = web_address(attributes.get("xml:base", ""), above) or above
        if parent is None:
            self._entry_name = _entry_name(name)
        elif len(self._stack) >= _MAX_DEPTH:
            raise FeedInvalid("feed", f"at most {_MAX_DEPTH} levels of elements", "more")
        inside = parent is not None and parent.level >= 0
        level = parent.level + 1 if parent and inside else 0 if parent and name == self._entry_name else -1
        element = _Element(spaces.get(prefix, prefix), name, attributes, base, spaces, level)
        if parent and inside and level <= _KEPT_DEPTH:
            parent.children.append(element)
        self._stack.append(element)

    def _end(self, _: str) -> None:
        element = self._stack.pop()
        if element.level == 0:
            self.elements.append(element)
            if len(self.elements) >= 2 * MAX_ENTRIES:  # some are of the same page
                raise _Enough

    def _characters(self, text: str) -> None:
        top = self._stack[-1]
        if 0 < top.level <= _KEPT_DEPTH and top.length < _MAX_TEXT:
            top.parts.append(text[: _MAX_TEXT - top.length])
            top.length += len(text)

    def _refuse_entity(self, name: str, *_: object) -> None:
        raise FeedInvalid("feed", "XML that declares no entities", f"the entity {name[:40]!r}")


def _entry_name(root: str) -> str:
    if root in _ROOTS:
        return _ROOTS[root]
    got = "an index of sitemaps: give the address of its news sitemap" if root == "sitemapindex" else f"<{root[:40]}>"
    raise FeedInvalid("feed", "RSS, Atom, JSON Feed or a news sitemap", got)


def _entry(element: _Element) -> FeedEntry | None:
    news = _child(element, "news")
    said = [child.text for child in (*element.children, *(news.children if news else ())) if child.name in _SAID]
    link, base = _link(element)
    return build_entry(link, base, *said)


def _link(entry: _Element) -> tuple[str, str]:
    """Returns the link to the entry's page and the base of relative links, or "" without one."""
    own = [child for child in entry.children if child.space in (entry.space, _ATOM)]
    found = [(child.text, child.base) for child in entry.children if child.name == "origLink"]  # FeedBurner's, behind its counter
    for child in own:
        if child.name == "link" and "href" in child.attributes:
            if child.attributes.get("rel", "") in _ALTERNATE and child.attributes.get("type", "") in _PAGES:
                found.append((child.attributes["href"], child.base))
        elif child.name in ("link", "loc"):
            found.append((child.text, child.base))
    found += [(child.text, "") for child in own if child.name == "guid" and child.attributes.get("isPermaLink") != "false"]
    return next(((link, base) for link, base in found if web_address(link, base)), ("", ""))


def _child(element: _Element, name: str) -> _Element | None:
    return next((child for child in element.children if child.name == name), None)

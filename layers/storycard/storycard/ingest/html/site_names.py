"""Takes the name of a site away from either end of a page's title."""

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from storycard.article import MAX_LINE
from storycard.editing.text_metrics import columns
from storycard.ingest.fields import at, items, text
from storycard.ingest.html.page import Page

_MARKS = r"|｜‖¦·•●∙:：‐‑–—―«»‹›~_/-"
_SPLIT = re.compile(rf"(\s+[{_MARKS}]+\s+|\s*[|｜]\s*|[:：]\s+)")
_LOOSE_MARK = re.compile(rf"\s+[{_MARKS}]+$")
_PLAIN_MARK = re.compile(r"\s*[|｜·•«»-]\s*")  # between a headline and a site; dashes and colons are in headlines too
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)+")
_MAX_SITE = 45  # columns
_MIN_HEADING = 12  # columns; a shorter heading may be a label


def find_site_names(story: Mapping[str, Any], nodes: Mapping[str, dict[str, Any]], page: Page, address: str) -> tuple[str, ...]:
    """Returns what the site is called by its publisher, its metadata, its logo and its address."""
    publishers = [nodes.get(text(item, "@id"), item) for item in items(story, "publisher") + items(story, "isPartOf")]
    names = [text(publisher, name) for publisher in publishers for name in ("name", "alternateName", "legalName")]
    names += [text(publisher) for publisher in publishers]
    names += [text(node, "name") for node in nodes.values() if at(node, "@type") == "WebSite"]
    names += [page.meta.get(name, "") for name in ("og:site_name", "application-name", "apple-mobile-web-app-title")]
    host = urlsplit(address).netloc.lower().removeprefix("www.")
    names += [*page.headings.logos, host, max(host.split(".")[:-1], key=len, default="")]
    return tuple(dict.fromkeys(filter(None, names)))


def without_site_name(title: str, names: Iterable[str], heading: str, sections: Iterable[str] = ()) -> str:
    """Returns a headline without the site's name and the section before it.

    The name is known, or it is what the title has besides the article's `heading`. Returns "" if there is nothing else.
    """
    if len(title) > MAX_LINE:
        return title
    if at_heading := _at_heading(title, heading):
        return at_heading
    known = [_folded(name) for name in names if columns(name) > 1]
    if _folded(title) in known:
        return ""
    shorter = _without_end(_LOOSE_MARK.sub("", title), known)
    return shorter if shorter == title else _without_end(shorter, [_folded(section) for section in sections])


def names_site(heading: str, title: str) -> bool:
    """Returns whether a page's heading is the site's name, which stands at one end of its title beside the headline."""
    parts = _SPLIT.split(title)
    others = [("".join(parts[2:]), parts[0]), ("".join(parts[:-2]), parts[-1])] if len(parts) > 2 else []
    return _is_site_like(heading) and any(_folded(end) == _folded(heading) and not _is_site_like(rest) for rest, end in others)


def _at_heading(title: str, heading: str) -> str:
    """Returns the part of a title that is the article's heading, if the rest could be the site's name; else ""."""
    parts = _SPLIT.split(title)
    if columns(heading) < _MIN_HEADING:
        return ""
    for index in range(1, len(parts), 2):
        before, mark, after = "".join(parts[:index]), parts[index].strip(), "".join(parts[index + 1 :])
        if _folded(before) == _folded(heading) and _is_site_like(after) and mark not in (":", "："):
            return before
        if _folded(after) == _folded(heading) and _is_site_like(before):
            return after
    return ""


def _without_end(title: str, names: list[str]) -> str:
    """Returns `title` without its last or first part, as long as that is one of `names`."""
    parts = _SPLIT.split(title)
    while len(parts) > 2:
        if _names_site(parts[-1], parts[-2], names):
            del parts[-2:]
        elif _names_site(parts[0], parts[1], names):
            del parts[:2]
        else:
            break
    name_at = next((at for at in range(2, len(parts) - 2, 2) if _folded(parts[at]) in names), 0)
    if name_at and (" " in parts[0] or columns(parts[0]) > len(parts[0])):  # "Headline | Site – its motto"
        del parts[name_at - 1 :]
    shorter = "".join(parts)
    ending = re.fullmatch(r"(.+[⺀-鿿가-힣])[-_：:](.+)", shorter)  # scripts without spaces have none around the mark either
    return ending[1] if ending and _folded(ending[2]) in names else shorter


def _names_site(part: str, mark: str, names: list[str]) -> bool:
    """Returns whether `part` is a name, or is one with one more word beside it: "BBC News", "The Northport Post"."""
    folded = _folded(part)
    if folded in names:
        return True
    words = part.split()
    shorter = {_folded(" ".join(words[1:])), _folded(" ".join(words[:-1]))} - {""}
    return bool(_PLAIN_MARK.fullmatch(mark)) and _is_site_like(part) and not shorter.isdisjoint(names)


def _is_site_like(text: str) -> bool:
    """Returns whether a text could be a name: short, a domain, or with a capital in each longer word."""
    words = re.findall(r"[^\s|·•]+", text)
    capitals = all(len(word) <= 3 or not word[0].islower() or _DOMAIN.fullmatch(word) for word in words)
    return columns(text) <= _MAX_SITE and capitals and any(map(str.isalpha, text))


def _folded(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))

"""Converts blocks whose fields a site names itself, as in StreamField, Craft, Kirby, Prismic's slices and Payload.

Their names tell what they are: quotes, headings, lists, questions, or text.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from storycard.ingest.documents.flat import heading_level
from storycard.ingest.documents.marks import name_words, plain_name, text_html
from storycard.ingest.documents.quote_source import quote_source
from storycard.ingest.documents.visibility import OWN_FIELDS, is_hidden
from storycard.ingest.fields import raw_text

_TYPE_NAMES = (
    *("type", "_type", "blockType", "component", "__component", "__typename", "slice_type", "typeHandle", "collection"),
    *("identifier", "blockName", "nodeType", "_modelApiKey"),
)
_TEXTS = (
    *("text", "quote", "body", "content", "value", "quotation", "html", "markdown", "richText", "rich_text", "paragraph", "copy"),
    *("description", "heading", "title", "message", "caption_text"),
)
_QUESTIONS = (("question", "answer"), ("q", "a"))
# Words in the names of blocks that hold no text of the article, and of such fields.
_NOT_TEXT = frozenset(
    {"image", "images", "photo", "photos", "picture", "video", "audio", "embed", "gallery", "slider", "figure", "media", "asset"}
    | {"file", "files", "upload", "iframe", "ad", "advert", "newsletter", "related", "recirculation", "promo", "button", "cta"}
    | {"divider", "delimiter", "rule", "table", "code", "caption", "credit", "social", "tweet", "form", "map"}
    | {"teaser", "teasers", "sidebar", "footer", "ads"}
    | {"note", "notes", "internal", "comment", "comments", "todo", "instruction", "instructions", "private", "draft", "help"}
)
_NOT_TEXT_FIELDS = _NOT_TEXT | frozenset(
    {"alt", "alternative", "url", "href", "link", "slug", "css", "class", "style", "seo", "meta", "metadata", "tags", "settings"}
    | {"options", "author", "authors", "id", "key", "uid", "anchor", "layout", "theme"}
)
_KEY_POINTS = re.compile("keypoint|keyfact|takeaway|summary|highlight|ataglance|tldr|bulletpoint|inbrief")
_LISTS = frozenset({"list", "bullets", "points", "facts", "takeaways", "keypoints", "keyfacts", "highlights", "ul", "ol"})
_QUOTE = re.compile("quote|testimonial|quotation")
_HEADING = re.compile("^(?:sub)?(?:heading|header|headline|title)|(?:heading|subhead)$")
_WORDS = re.compile(r"\S+\s+\S+\s+\S+\s+\S")  # four words: a text, and not a setting

Inner = Callable[[object], str]  # converts any value inside a block


def component_html(block: Mapping[str, object], inner: Inner) -> str:
    """Returns the HTML of a block. A block of an unknown type is read as the text and the blocks in its fields."""
    if is_hidden(block):
        return ""
    named = next(filter(plain_name, (block.get(name) for name in _TYPE_NAMES)), "")
    named = named.rpartition(".")[2] if isinstance(named, str) else ""  # "shared.quote", "living-times.quote"
    kind, words = plain_name(named), name_words(named)
    fields = _own_fields(block)
    if pair := _question(fields):
        return f"<h3>{text_html(pair[0])}</h3>{inner(pair[1])}"
    if _QUOTE.search(kind) or isinstance(fields.get("quote"), str | dict | list):
        return _quote_html(fields, inner)
    if words & _NOT_TEXT:
        return ""
    text = _text(fields)
    if (number := heading_level(kind)) or _HEADING.search(kind):
        level = number or heading_level(raw_text(fields, "level")) or 2
        return f"<h{level}>{_line(text)}</h{level}>" if isinstance(text, str) else inner(text)
    if words & _LISTS:
        entries = text if isinstance(text, list) else _first_list(fields) or text
        if entries:
            return f"<li>{_line(text)}</li>" if kind.endswith("item") else _list_html(kind, entries, inner)
    return "".join(_parts(fields, inner))


def _own_fields(block: Mapping[str, object]) -> Mapping[str, object]:
    """Returns the fields of a block, with those that the system keeps in an object of their own."""
    fields = dict(block)
    for name in OWN_FIELDS:
        if isinstance(held := block.get(name), dict) and not _is_document(held):
            del fields[name]
            fields |= held
    return fields


def _is_document(value: Mapping[str, object]) -> bool:
    return any(name in value for name in ("root", "nodeType", "schema", "processed", "rendered", "blocks")) or isinstance(
        value.get("children", value.get("content")), list
    )


def _question(fields: Mapping[str, object]) -> tuple[str, object] | None:
    for question, answer in _QUESTIONS:
        if (asked := raw_text(fields, question)) and fields.get(answer):
            return asked, fields[answer]
    return None


def _text(fields: Mapping[str, object]) -> object:
    return next((fields[name] for name in _TEXTS if fields.get(name)), "")


def _first_list(fields: Mapping[str, object]) -> object:
    lists = (value for name, value in fields.items() if isinstance(value, list) and not name_words(name) & _NOT_TEXT_FIELDS)
    return next(lists, None)


def _quote_html(fields: Mapping[str, object], inner: Inner) -> str:
    name = next((name for name in ("quote", *_TEXTS) if fields.get(name)), "")
    if not name:
        return ""
    others = {key: value for key, value in fields.items() if key != name and key not in _TYPE_NAMES}
    source = "<br>".join(f"<span>{_line(part)}</span>" for part in quote_source(others, _NOT_TEXT))
    cite = f"<cite>{source}</cite>" if source else ""
    return f'<blockquote class="pullquote">{inner(fields[name])}{cite}</blockquote>'


def _list_html(kind: str, entries: object, inner: Inner) -> str:
    """Returns a list; its entries are texts, or objects with one each. A text has its own list."""
    if not isinstance(entries, list):
        return inner(entries)
    marked = ' class="key-points"' if _KEY_POINTS.search(kind) else ""
    lines = (_line(entry) if isinstance(entry, str) else inner(entry) for entry in entries)
    return f"<ul{marked}>{''.join(f'<li>{line}</li>' for line in lines if line)}</ul>"


def _line(text: object) -> str:
    """Returns a text that may have inline HTML."""
    return text if isinstance(text, str) and "</" in text else text_html(text) if isinstance(text, str) else ""


def _parts(fields: Mapping[str, object], inner: Inner) -> Iterator[str]:
    has_text = bool(_text(fields))  # then other texts may be notes
    for name, value in fields.items():
        words = name_words(name)
        if name in _TYPE_NAMES or (name not in _TEXTS and words & _NOT_TEXT_FIELDS):
            continue
        is_unnamed_text = isinstance(value, str) and not has_text and "editor" not in words and bool(_WORDS.search(value))
        if isinstance(value, dict | list) or name in _TEXTS or is_unnamed_text:
            yield inner(value)

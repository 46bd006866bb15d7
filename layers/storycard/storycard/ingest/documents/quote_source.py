"""Finds who said a quote among the fields of a block, whose names a site chose itself."""

from collections.abc import Collection, Mapping

from storycard.ingest.documents.marks import name_words
from storycard.ingest.fields import raw_text

# Words in the names of fields, the surest first. "source" comes last, since it often names a paper or an agency.
_SPEAKERS = (
    *("speaker", "attribution", "attributed", "quotee", "cite", "citation"),
    *("author", "person", "by", "name", "source"),
)
_ROLES = frozenset({"role", "title", "job", "position", "function", "affiliation"})
# Words in the names of fields about somebody else: who keeps the block, the page or its picture.
_OTHERS = frozenset(
    {"created", "creator", "updated", "modified", "changed", "published", "edited", "editor", "owner", "saved", "uploaded"}
    | {"locked", "added", "posted", "submitted", "approved", "reviewed", "translated", "translator", "photographer", "avatar"}
    | {"portrait", "article", "page", "post", "entry", "story", "block", "component"}
    | {"id", "key", "url", "href", "link", "slug", "email", "css", "class", "style", "seo", "meta", "bio"}
)


def quote_source(fields: Mapping[str, object], ignored: Collection[str]) -> list[str]:
    """Returns the speaker and the role in the fields of a quote, where the speaker may be an object with a `name`.

    Fields with a word of `ignored` in their names are passed over.
    """
    words = {key: found for key in fields if not (found := name_words(key)) & _OTHERS and found.isdisjoint(ignored)}
    speakers = [key for key in words if not words[key] & _ROLES and words[key].intersection(_SPEAKERS) and _text(fields[key])]
    speaker = min(speakers, key=lambda key: (_rank(words[key]), len(words[key])), default="")
    person = fields.get(speaker)
    of_person = [value for key, value in person.items() if name_words(key) & _ROLES] if isinstance(person, dict) else []
    of_block = [fields[key] for key in words if words[key] & _ROLES]
    role = next(filter(None, map(_text, (*of_person, *of_block))), "")
    return [part for part in (_text(person), role) if part]


def _rank(words: set[str]) -> int:
    return next(number for number, word in enumerate(_SPEAKERS) if word in words)


def _text(value: object) -> str:
    """Returns a text, or the `name` in an object. A number is an ID or a place in an order."""
    value = value.get("name") if isinstance(value, dict) else value
    return raw_text(value).strip() if isinstance(value, str) else ""

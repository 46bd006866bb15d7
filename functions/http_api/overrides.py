"""What a team wants changed for one post, as JSON, into an Order; and an article into what the order makes of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from adapters.config.settings import settings
from adapters.errors import BodyUnreadable
from publishing.render_job import assets_in
from storycard.article import Article
from storycard.design.formats import CAROUSEL, EXTENSIONS, KINDS, is_kind
from storycard.errors import ArticleInvalid, require_known_name, shown
from storycard.ingest import read_article
from storycard.ingest.formats.native import to_native

WORDS = ("headline", "kicker", "bullet", "bullets", "quote", "focal_point")
CHOICES = ("theme", "kinds", "formats", "image_type")
ONE_CARD = ("theme", "kind", "format", "image_type")


@dataclass(frozen=True, slots=True)
class Order:
    """Which cards, in which design, and what they say instead of the article; None for what the article or the brand says."""

    words: Mapping[str, object]
    theme: str | None
    kinds: tuple[str, ...]
    formats: tuple[str, ...] | None
    image_type: str

    @property
    def is_the_usual_set(self) -> bool:
        return not self.words and (self.theme, self.kinds, self.formats, self.image_type) == (None, KINDS, None, "auto")


def read_order(body: bytes) -> Order:
    """The order in a JSON object; an empty body is the usual set. Raises BodyUnreadable, ArticleInvalid, UnknownName."""
    fields = _fields(body, WORDS + CHOICES)
    return _order(fields, _names(fields, "kinds") or KINDS, _names(fields, "formats"), ("kinds", "formats"))


def read_order_of_one(body: bytes) -> Order:
    """The order of the one card that `kind` and `format` name. Raises what read_order does."""
    fields = _fields(body, WORDS + ONE_CARD)
    for name in ("kind", "format"):
        if not isinstance(fields.get(name), str):
            raise ArticleInvalid(name, "a name", shown(fields.get(name)))
    if fields["kind"] == CAROUSEL:
        raise ArticleInvalid("kind", f"one slide, such as {CAROUSEL}-1", shown(CAROUSEL))
    return _order(fields, (fields["kind"],), (fields["format"],), ("kind", "format"))


def reworded(article: Article, words: Mapping[str, object]) -> Article:
    """The article as the order has it, by the rules of every article. Raises ArticleInvalid naming the field."""
    if not words:
        return article
    fields = to_native(article)
    fields |= {name: words[name] for name in ("headline", "kicker", "bullets") if name in words}
    fields |= {f"{name}s": [words[name]] for name in ("bullet", "quote") if name in words}
    if "focal_point" in words:
        if article.image is None:
            raise ArticleInvalid("focal_point", "an article with a photograph", "one without")
        fields["image"] = fields["image"] | {"focal_point": words["focal_point"]}
    return read_article(json.dumps(fields).encode(), "native")


def _fields(body: bytes, known: tuple[str, ...]) -> Mapping[str, object]:
    try:
        fields = json.loads(body or b"{}")
    except (ValueError, RecursionError):  # a thousand brackets are JSON, and too deep for any reader
        raise BodyUnreadable("body", "JSON of a few levels", "something else") from None
    if not isinstance(fields, dict):
        raise BodyUnreadable("body", "a JSON object", shown(fields))
    for name in fields:
        if name not in known:
            raise ArticleInvalid("body", "only " + ", ".join(known), shown(name))
    if fields.get("bullet") is not None and fields.get("bullets") is not None:
        raise ArticleInvalid("bullets", "no bullet beside them", "both")
    return fields


def _order(
    fields: Mapping[str, object], kinds: tuple[str, ...], formats: tuple[str, ...] | None, called: tuple[str, str]
) -> Order:
    """The order, once all names in it are names of something; `called` is how the body calls kinds and formats."""
    assets = assets_in(settings())
    theme, image_type = fields.get("theme"), fields.get("image_type", "auto")
    if theme is not None:
        require_known_name(assets.themes, theme if isinstance(theme, str) else shown(theme), "theme")
    require_known_name(("auto", *EXTENSIONS), image_type if isinstance(image_type, str) else shown(image_type), "image_type")
    for kind in kinds:
        if kind != CAROUSEL and not is_kind(kind):
            require_known_name((*KINDS, CAROUSEL, f"{CAROUSEL}-1"), kind, called[0])
    for format_name in formats or ():
        require_known_name(assets.formats, format_name, called[1])
    words = {name: fields[name] for name in WORDS if fields.get(name) is not None}
    return Order(words, theme, kinds, formats, image_type)


def _names(fields: Mapping[str, object], name: str) -> tuple[str, ...] | None:
    value = fields.get(name)
    if value is None:
        return None
    if not isinstance(value, list) or not value or not all(isinstance(item, str) for item in value):
        raise ArticleInvalid(name, "a list of names", shown(value))
    return tuple(dict.fromkeys(value))

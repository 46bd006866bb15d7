"""Describes the JSON that the API accepts and returns, in JSON Schema 2020-12."""

from typing import Any

from adapters.web.tokens import ROLES
from http_api.posts.limits import MAX_COMMENT, MAX_NAME, MAX_TEXT, STATUSES
from publishing.queries.article_state import STATES
from storycard.design.formats import FRAMES

Schema = dict[str, Any]


def _object(required: tuple[str, ...], closed: bool = False, **properties: Schema) -> Schema:
    """Returns the schema of an object with these properties; a `closed` object allows no others."""
    schema: Schema = {"type": "object", "required": list(required), "properties": properties}
    return schema | ({"additionalProperties": False} if closed else {})


def _list(items: Schema, **rules: int) -> Schema:
    return {"type": "array", "items": items, **rules}


TEXT = {"type": "string"}
LINE = {"type": "string", "maxLength": 1000}
VERSION = {"type": "string", "pattern": "^[0-9a-f]{16}$"}
MOMENT = {"type": "string", "format": "date-time"}
PIXELS = {"type": "integer", "minimum": 1}
QUOTE = _object(("text",), text={"type": "string", "minLength": 1, "maxLength": 10_000}, speaker=LINE, role=LINE)
QUESTION = _object(
    ("question", "answer"),
    question={**LINE, "minLength": 1},
    answer={"type": "string", "minLength": 1, "maxLength": 10_000},
)
STATUS = {"type": "string", "enum": ["published", "draft", "withdrawn"]}

SHARE = {"type": "number", "minimum": 0, "maximum": 1}
POINT = _list(SHARE, minItems=2, maxItems=2)
CROP = _list(SHARE, minItems=4, maxItems=4)
SHA256 = {"type": "string", "pattern": "^[0-9a-f]{64}$"}

CHANGES: dict[str, Schema] = {
    "headline": {**LINE, "minLength": 1},
    "kicker": LINE,
    "bullet": LINE,
    "bullets": _list(LINE, maxItems=100),
    "quote": QUOTE,
    "focal_point": POINT,
    "crop": CROP,
    "photo": _object(
        ("sha256", "credit"), closed=True, sha256=SHA256, credit={**LINE, "minLength": 1}, alt=LINE, focal_point=POINT
    ),
    "theme": TEXT,
}
BY_FORMAT: Schema = {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Changes"}}
ORDER: dict[str, Schema] = {
    **CHANGES,
    "format_changes": BY_FORMAT,
    "image_type": {"type": "string", "enum": ["auto", "png", "jpeg", "webp", "avif"]},
    "expected_version": VERSION,
}
FORMAT = _object(
    ("name", "title", "destination", "width", "height", "safe", "frame"),
    name=TEXT,
    title=TEXT,
    destination=TEXT,
    width=PIXELS,
    height=PIXELS,
    safe={"type": "object", "additionalProperties": {"type": "integer", "minimum": 0}},
    frame={"type": "string", "enum": list(FRAMES)},
)
ROW: dict[str, Schema] = {
    "article_id": TEXT,
    "state": {"type": "string", "enum": list(STATES)},
    "reason": TEXT,
    "field": TEXT,  # of the article, if that is why it failed
    "headline": TEXT,
    "kicker": TEXT,
    "language": TEXT,
    "direction": {"type": "string", "enum": ["ltr", "rtl"]},
    "modified_at": MOMENT,
    "embargo_until": MOMENT,
    "canonical_url": TEXT,
    "thumbnail": _object(("url", "width", "height", "alt"), url=TEXT, width=PIXELS, height=PIXELS, alt=TEXT),
}
SUMMARY = _object(("state", "modified_at"), closed=False, **ROW, delivery=TEXT)
STORY = _object(
    ("article_id", "state", "modified_at", "article_etag", "posts"),
    closed=False,
    **ROW,
    article_etag=TEXT,
    changed_by=TEXT,
    version=VERSION,
    rendered_at=MOMENT,
    notices=_list(TEXT),
    posts=_list(_object(("post", "etag"), post=TEXT, etag=TEXT)),
)

SKIP_CODE = {"type": "string", "enum": ["no-fact", "no-quote", "too-long", "missing"]}

CARD = _object(
    ("kind", "format", "width", "height", "type", "bytes", "sha256", "url", "alt", "text"),
    kind=TEXT,
    format=TEXT,
    width=PIXELS,
    height=PIXELS,
    type=TEXT,
    bytes=PIXELS,
    sha256=TEXT,
    url=TEXT,
    alt=TEXT,
    text=_list({"type": "object"}),
    photo=_object(
        ("placement", "why", "crop", "faces"),
        placement={"type": "string", "enum": ["none", "beside", "behind", "above"]},
        why=TEXT,
        crop=_list({"type": "integer", "minimum": 0}, minItems=4, maxItems=4),
        faces={"type": "object"},
    ),
)

CHANGE: dict[str, Schema] = {"field": TEXT, "was": {}, "is": {}}
CHANGED = _list(_object(("field",), closed=True, **CHANGE))
SIGNED: dict[str, Schema] = {"at": MOMENT, "by": TEXT}
CONTENT: dict[str, Schema] = {
    "name": {"type": "string", "maxLength": MAX_NAME},
    "changes": {"$ref": "#/components/schemas/Changes"},
    "format_changes": BY_FORMAT,
    "formats": _list(TEXT, minItems=1),
    "text": {"type": "string", "maxLength": MAX_TEXT},
    "status": {"type": "string", "enum": list(STATUSES)},
}
BASE = _object(
    ("version", "headline", "kicker", "bullets", "quotes"),
    version=TEXT,
    headline=TEXT,
    kicker=TEXT,
    bullets=_list(TEXT),
    quotes=_list(QUOTE),
)
HISTORY = _list(_object(("at", "by", "action"), closed=True, **SIGNED, action=TEXT, changed=CHANGED, not_in_article=_list(TEXT)))
POST = _object(
    (
        *("post", "article_id", "etag", "created_at", "created_by", "updated_at", "updated_by", "based_on", "comments"),
        *("name", "changes", "format_changes", "status"),
    ),
    closed=False,
    post=TEXT,
    article_id=TEXT,
    etag=TEXT,
    created_at=MOMENT,
    created_by=TEXT,
    updated_at=MOMENT,
    updated_by=TEXT,
    **CONTENT,
    based_on=BASE,
    outdated=CHANGED,
    outdated_by=TEXT,
    not_in_article=_list(TEXT),
    history=HISTORY,
    comments=_list(_object(("at", "by", "text"), closed=True, **SIGNED, text=TEXT)),
    approved=_object(("at", "by"), closed=True, **SIGNED),
    share_url=TEXT,
    card=_object(
        ("url", "width", "height", "alt", "type", "version"),
        url=TEXT,
        width=PIXELS,
        height=PIXELS,
        alt=TEXT,
        type=TEXT,
        version=TEXT,
    ),
)
VERSION_ROW = _object(
    ("version", "rendered_at", "changed", "live"),
    version=VERSION,
    rendered_at=MOMENT,
    headline=TEXT,
    changed_by=TEXT,
    changed=CHANGED,
    live={"type": "boolean"},
)

SCHEMAS = {
    "Article": _object(
        ("headline", "language"),
        id=TEXT,
        headline={**LINE, "minLength": 1},
        language={"type": "string", "pattern": "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"},
        social_headlines=_object((), all=LINE, x=LINE),
        plain_text={"type": "boolean"},
        deck=LINE,
        kicker=LINE,
        pull_line=LINE,
        section=LINE,
        label={"type": "string", "enum": ["", "live", "breaking", "correction"]},
        bullets=_list(LINE, maxItems=100),
        quotes=_list(QUOTE, maxItems=100),
        questions=_list(QUESTION, maxItems=100),
        summary={"type": "string", "maxLength": 10_000},
        byline=_list(LINE, maxItems=100),
        published_at=MOMENT,
        updated_at=MOMENT,
        embargo_until=MOMENT,
        status=STATUS,
        canonical_url=TEXT,
        image=_object((), url=TEXT, credit=TEXT, alt=TEXT, focal_point=POINT, crop=CROP),
        brand=LINE,
        paid={"type": "boolean"},
        notices=_list(LINE, maxItems=100),
    ),
    "Stored": _object(("article_id", "article"), article_id=TEXT, article={"type": "string", "enum": ["stored", "unchanged"]}),
    "Changes": _object((), closed=True, **CHANGES),
    "Order": _object((), closed=True, **ORDER, kinds=_list(TEXT, minItems=1), formats=_list(TEXT, minItems=1)),
    "Preview": _object(("kind", "format"), closed=True, **ORDER, kind=TEXT, format=TEXT, size={"const": 400}),
    "Post": POST,
    "Posts": _object(("posts",), posts=_list(POST)),
    "PostContent": _object((), closed=True, **CONTENT, based_on=TEXT),
    "Comment": _object(("text",), closed=True, text={"type": "string", "minLength": 1, "maxLength": MAX_COMMENT}),
    "Status": STORY,
    "AddPhoto": _object(("url",), closed=True, url=LINE),
    "AddedPhoto": _object(
        ("photo", "width", "height", "faces"),
        photo=SHA256,
        width=PIXELS,
        height=PIXELS,
        faces={"type": "integer", "minimum": 0},
        credit=TEXT,
    ),
    "Articles": _object(("articles",), articles=_list(SUMMARY), cursor=TEXT, total={"type": "integer"}),
    "Caller": _object(("name", "role"), name=TEXT, role={"type": "string", "enum": list(ROLES)}),
    "Catalogue": _object(
        ("kinds", "formats", "themes"),
        kinds=_list(TEXT),
        formats=_list(FORMAT),
        themes=_list(_object(("name", "title"), name=TEXT, title=TEXT)),
        receivers=_list(TEXT),
        post_approval={"type": "string", "enum": ["off", "required"]},
    ),
    "Send": _object(("to",), closed=True, to=TEXT, post=TEXT, expected_version=VERSION),
    "Sent": _object(("article_id", "to"), article_id=TEXT, to=TEXT),
    "Link": _object(("url",), url=TEXT),
    "Manifest": _object(
        ("article_id", "version", "language", "direction", "theme", "renderer", "rendered_at", "cards", "skipped"),
        article_id=TEXT,
        version=VERSION,
        language=TEXT,
        direction={"type": "string", "enum": ["ltr", "rtl"]},
        theme=TEXT,
        renderer=TEXT,
        rendered_at=MOMENT,
        cards=_list(CARD),
        choices=_object((), bullet=TEXT, quote=TEXT),
        skipped=_list(_object(("kind", "format", "reason"), kind=TEXT, format=TEXT, reason=TEXT, code=SKIP_CODE)),
        notices=_list(TEXT),
        notice_codes=_list(_object(("code",), code=TEXT, field=TEXT)),
    ),
    "Version": {
        "allOf": [
            {"$ref": "#/components/schemas/Manifest"},
            _object(("headline", "changed_by", "story"), headline=TEXT, summary=TEXT, changed_by=TEXT, story={"type": "object"}),
        ]
    },
    "Versions": _object(("versions",), versions=_list(VERSION_ROW)),
    "Photo": _object(
        ("type", "version", "url", "width", "height"),
        type={"const": "photo"},
        version={"const": "1.0"},
        url=TEXT,
        width=PIXELS,
        height=PIXELS,
        title=TEXT,
        author_name=TEXT,
        provider_name=TEXT,
        provider_url=TEXT,
        cache_age=PIXELS,
        alt=TEXT,
    ),
    "Problem": _object(
        ("type", "title", "status"),
        type=TEXT,
        title=TEXT,
        status={"type": "integer"},
        instance=TEXT,
        detail=TEXT,
        field=TEXT,
        version=TEXT,
        code=TEXT,
    ),
}

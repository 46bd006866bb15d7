"""Builds the events that newsrooms send about one article, in the format of each CMS, with true, wrong and planned dates."""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from support.cms_signers import SIGNERS
from support.newsroom import START

ARTICLE = "7"
FORMATS = ("native", "ghost", "wordpress", "sanity", "ans", "ninjs", "jsonld", "storyblok")
PLANS = ("ghost", "wordpress")  # formats whose scheduled articles are drafts, since another event publishes them
# Contentful names the kind of event in a header that only its own scheme signs.
SOURCES = [(scheme, name) for scheme in SIGNERS for name in FORMATS] + [("contentful", "contentful")]
KINDS = ("publish", "publish", "publish", "schedule", "draft", "withdraw", "delete")
YEARS = timedelta(days=3000)


@dataclass(frozen=True)
class Event:
    """What an event says of the article; its `headline` tells it from all others."""

    kind: str
    headline: str
    updated_at: datetime | None
    published_at: datetime | None
    embargo_until: datetime | None


def dates(now: datetime) -> st.SearchStrategy[datetime | None]:
    """A date as an event may carry it: none, true, of a clock that is years off, planned, or at an end of the calendar."""
    plan = now + timedelta(seconds=100)
    ends = [datetime.max.replace(microsecond=0, tzinfo=UTC), datetime.min.replace(tzinfo=UTC)]
    return st.sampled_from([None, now, now, now, now - timedelta(seconds=1), plan, now - YEARS, now + YEARS, *ends])


def draw_event(data: st.DataObject, number: int, now: datetime, format_name: str) -> Event:
    """Draws an event made at `now`, as far as its format can say it."""
    draw = data.draw
    kind = draw(st.sampled_from(KINDS))
    embargo = draw(st.sampled_from([None, None, START + timedelta(seconds=100), now + timedelta(seconds=100)]))
    made = Event(kind, f"Text {number}", draw(dates(now)), draw(dates(now)), embargo)
    if kind in ("withdraw", "delete"):
        is_dated = format_name in ("native", "contentful", "ans") or (kind == "withdraw" and format_name in PLANS)
        made = replace(made, published_at=None, embargo_until=None, updated_at=made.updated_at if is_dated else None)
    elif format_name in PLANS:
        made = replace(made, embargo_until=made.published_at if kind == "schedule" else None)
    elif format_name == "jsonld":
        made = replace(made, embargo_until=None)
    return _whole_seconds(made) if format_name == "wordpress" else made


def body(event: Event, format_name: str, closed: str = "") -> dict[str, object] | str:
    """Writes the event in its format: JSON, or a page with JSON-LD for every second article.

    `closed` is a text that only subscribers may read, in the formats that know such.
    """
    times = {name: moment and moment.isoformat() for name in ("updated_at", "published_at") if (moment := getattr(event, name))}
    article = {"id": ARTICLE, "headline": event.headline, "language": "en", **times}
    if event.embargo_until:
        article["embargo_until"] = event.embargo_until.isoformat()
    is_gone = event.kind in ("withdraw", "delete")
    match format_name:
        case "native":
            return article | {"status": "withdrawn" if is_gone else "draft" if event.kind == "draft" else "published"}
        case "contentful":
            return article | {"status": "draft" if event.kind == "draft" else "published"}
        case "sanity":
            article |= {"_id": ARTICLE, "_updatedAt": article.pop("updated_at", None)}
            operation = "delete" if is_gone else "update"
            return article | {"operation": operation, "status": "draft" if event.kind == "draft" else "published"}
        case "ghost":
            status = {"publish": "published", "schedule": "scheduled"}.get(event.kind, "draft")
            post = {"id": ARTICLE, "title": event.headline, "status": status, "locale": "en", "html": "", **times}
            if closed:
                post |= {
                    "visibility": "paid",
                    "html": f"<p>Open.</p><!--members-only--><blockquote>{closed}, they say.</blockquote>",
                    "plaintext": closed,
                }
            if event.kind == "delete":
                return {"event": "post.deleted", "post": {"current": {}, "previous": post}}
            name = "post.unpublished" if event.kind == "withdraw" else "post.edited"
            return {"event": name, "post": {"current": post, "previous": {}}}
        case "wordpress":
            hidden = ("draft", "private", "pending", "publish")[int(event.headline[-1]) % 4]
            status = {"publish": "publish", "schedule": "future", "withdraw": "trash", "delete": "trash"}.get(event.kind, hidden)
            names = {"updated_at": "modified_gmt", "published_at": "date_gmt"}
            stamps = {names[name]: text[:19] for name, text in times.items()}
            post = {"id": 7, "title": {"rendered": event.headline}, "status": status, "lang": "en", **stamps}
            if closed:
                post |= {"meta": {"_jetpack_newsletter_access": "paid_subscribers"}, "content": {"rendered": f"<p>{closed}</p>"}}
            if event.kind == "draft" and status == "publish":
                post["password"] = "open sesame"
            return {"event": "post.deleted" if event.kind == "delete" else "post.changed", "post": post}
        case "ans":
            story = {"_id": ARTICLE, "type": "story", "headlines": {"basic": event.headline}, "language": "en"}
            names = {"updated_at": "last_updated_date", "published_at": "first_publish_date"}
            story |= {names[name]: text for name, text in times.items()}
            story["status"] = "draft" if event.kind == "draft" else "published"
            if closed:
                story |= {
                    "content_elements": [{"type": "text", "content": closed}],
                    "content_restrictions": {"content_code": "premium"},
                }
            if event.embargo_until:
                story["content_restrictions"] = story.get("content_restrictions", {}) | {
                    "embargo": {"active": True, "end_time": event.embargo_until.isoformat()}
                }
            if event.kind == "delete":
                operation = {"type": "story_operation", "operation": "delete", "story_id": ARTICLE}
                return operation | {"date": times.get("updated_at"), "text": event.headline}
            key = "story:unpublish" if event.kind == "withdraw" else "story:update"
            return {"key": key, "date": times.get("updated_at"), "body": story}
        case "ninjs":
            item = {"guid": ARTICLE, "type": "text", "headline": event.headline, "language": "en"}
            item["pubstatus"] = {"draft": "withheld", "withdraw": "canceled"}.get(event.kind, "usable")
            names = {"updated_at": "versioncreated", "published_at": "firstcreated"}
            item |= {names[name]: text for name, text in times.items()}
            if closed:
                item |= {"body_text": closed, "usageterms": "For subscribers only."}
            if event.embargo_until:
                item["embargoed"] = event.embargo_until.isoformat()
            return {"event": "item.deleted", "item": item} if event.kind == "delete" else item
        case "jsonld":
            names = {"updated_at": "dateModified", "published_at": "datePublished"}
            story = {"@type": "NewsArticle", "identifier": ARTICLE, "headline": event.headline, "inLanguage": "en"}
            story |= {names[name]: text for name, text in times.items()}
            if is_gone:
                return {"event": "article.deleted" if event.kind == "delete" else "article.unpublished", "article": story}
            if closed:
                story |= {"isAccessibleForFree": False, "articleBody": closed}
            story["creativeWorkStatus"] = "Draft" if event.kind == "draft" else "Published"
            script = f'<script type="application/ld+json">{json.dumps(story)}</script>'
            page = f'<html lang="en"><title>{event.headline}</title>{script}<article><p>{closed}</p></article>'
            return page if event.headline[-1] in "02468" else story
        case "storyblok":
            action = {"withdraw": "unpublished", "delete": "deleted", "draft": "moved"}.get(event.kind, "published")
            return {"action": action, "story_id": int(ARTICLE), "space_id": 1}
    raise ValueError(format_name)


def options(event: Event, scheme: str) -> dict[str, str]:
    """The options with which the event is signed."""
    if scheme == "standard-webhooks":
        return {"event_id": event.headline.replace(" ", "_")}
    if scheme != "contentful":
        return {}
    action = {"withdraw": "unpublish", "delete": "delete"}.get(event.kind, "publish")
    return {"topic": f"ContentManagement.Entry.{action}"}


def _whole_seconds(event: Event) -> Event:
    moments = (event.updated_at, event.published_at, event.embargo_until)
    return Event(event.kind, event.headline, *(moment and moment.replace(microsecond=0) for moment in moments))

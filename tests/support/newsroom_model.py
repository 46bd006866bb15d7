"""Plays random sequences of newsroom events against a model of docs/webhooks.md, "Which revision wins"."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from hypothesis import strategies as st

from support.cms_signers import SIGNERS
from support.lambda_events import as_body
from support.newsroom import Newsroom
from support.newsroom_events import ARTICLE, PLANS, SOURCES, YEARS, Event, body, draw_event, options


class Model:
    """What a reader must see, by the rule of docs/webhooks.md. `top` is the newest revision: time, arrival, event, its bytes."""

    def __init__(self, format_name: str) -> None:
        self.format = format_name
        self.top: tuple[datetime, datetime, Event, object] | None = None
        self.seen: dict[object, datetime] = {}
        self.in_cms: Event | None = None  # what the CMS answers for an article that it announced by its ID alone
        self.is_announced = False

    def deliver(self, event: Event, name: object, sent_at: datetime, now: datetime) -> None:
        """`name` is what a retry has in common with the event that it repeats: the bytes, if nothing else is signed."""
        is_newest = isinstance(name, bytes) and self.top is not None and self.top[3] == name
        if name in self.seen and (not isinstance(name, bytes) or (is_newest and now - self.seen[name] <= timedelta(minutes=5))):
            return  # a retry
        self.seen[name] = now
        if self.format == "storyblok" and event.kind not in ("withdraw", "delete"):
            self.is_announced |= event.kind != "draft"
        else:
            self.store(event, sent_at, now, name)

    def store(self, event: Event, sent_at: datetime, now: datetime, name: object = None) -> None:
        sent_at = now if timedelta(0) <= sent_at - now < timedelta(seconds=1) else sent_at
        is_plan = event.published_at is None or event.published_at > sent_at or event.published_at == event.embargo_until
        time = min(end_of_second(event.updated_at or (sent_at if is_plan else event.published_at)), sent_at)
        revision = (time, now, event, name)
        self.top = max(self.top or revision, revision, key=lambda revision: revision[:2])

    def work(self, now: datetime) -> None:
        if self.is_announced and self.in_cms:
            self.store(self.in_cms, now, now)

    def edit(self, event: Event, now: datetime) -> None:
        time, arrival = self.top[:2] if self.top else (now, now)
        self.top = (max(time, now), max(arrival, now), event, None)

    def headline(self, now: datetime) -> str | None:
        event = self.top and self.top[2]
        kinds = ("publish",) if self.format in PLANS else ("publish", "schedule")
        is_public = event and event.kind in kinds and not (event.embargo_until and event.embargo_until > now)
        return event.headline if is_public else None


def end_of_second(moment: datetime) -> datetime:
    return moment if moment.microsecond else moment.replace(microsecond=999_999)


def signed_until(scheme: str, signed_at: datetime, now: datetime) -> datetime:
    """The end of the second or millisecond that the scheme signs."""
    if not SIGNERS[scheme].signs_time:
        return now
    unit = 1_000_000 if SIGNERS[scheme].signs_seconds else 1000
    return signed_at.replace(microsecond=signed_at.microsecond // unit * unit) + timedelta(microseconds=unit - 1)


def name_of(told: Event, scheme: str, content: bytes, until: datetime) -> object:
    if not SIGNERS[scheme].signs_time:
        return content
    return told if scheme == "standard-webhooks" else (content, until)


def play(
    data: st.DataObject, desk: Newsroom, look: Callable[[Model], None], sources: Sequence[tuple[str, str]] = SOURCES
) -> None:
    """Plays a random sequence of events and editors' calls, and calls `look` after each with what a reader must see.

    The events come from one of `sources`, which are pairs of a scheme and a format.
    """
    scheme, format_name = data.draw(st.sampled_from(sources))
    sent: list[Event] = []
    model = Model(format_name)
    for number in range(data.draw(st.integers(2, 12))):
        now = desk.wait(data.draw(st.sampled_from([0.001, 0.001, 0.4, 1, 20, 99, 400])))
        step = data.draw(st.sampled_from(["new", "new", "new", "kept", "again", "again", "put", "delete", "work"]))
        if step in ("new", "kept") or (step == "again" and not sent):
            sent.append(draw_event(data, number, now, format_name))
            if sent[-1].kind != "draft":
                model.in_cms = sent[-1] if sent[-1].kind in ("publish", "schedule") else None
                desk.in_cms = model.in_cms and as_body(body(model.in_cms, "native"))
        if step in ("new", "again"):
            told = sent[-1] if step == "new" else data.draw(st.sampled_from(sent))
            signed_at = now + timedelta(seconds=data.draw(st.sampled_from([0, 0, 0, -200, 200, 0.3])))
            until = signed_until(scheme, signed_at, now)
            content = body(told, format_name, closed=told.headline.replace("Text", "Closed"))
            answer = desk.post(scheme, format_name, content, signed_at, **options(told, scheme))
            assert answer.status in (200, 202)
            model.deliver(told, name_of(told, scheme, repr(content).encode(), until), until, now)
        elif step == "put":
            text = Event("publish", f"Edited {number}", now - YEARS, None, None)
            assert desk.put(body(text, "native")).status in (200, 201)
            model.edit(text, now)
        elif step == "delete":
            assert desk.delete(ARTICLE).status == (204 if model.top else 404)
            if model.top:
                model.edit(Event("delete", "", None, None, None), now)
        elif step == "work":
            desk.work()
            model.work(now)
        look(model)

"""Records who did what to a post, in as many lines as a post may keep."""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from http_api.posts.content import Change

TOGETHER = timedelta(minutes=5)  # changes of one editor with shorter pauses are one line
MAX_LINES = 200
MAX_BYTES = 64_000

Line = dict[str, Any]  # {"at", "by", "action"}, and `changed` and `not_in_article` where they apply


def line(action: str, by: str, at: datetime, changed: Iterable[Change] = (), not_in_article: Iterable[str] = ()) -> Line:
    details = {"changed": list(changed), "not_in_article": list(not_in_article)}
    return {"at": at.isoformat(), "by": by, "action": action} | {name: value for name, value in details.items() if value}


def with_line(history: list[Line], new: Line) -> list[Line]:
    """Returns the history with one more line, without its oldest lines if they are too many.

    An editor's change soon after their last one extends that line: a page that saves by itself would fill the history.
    """
    last = history[-1] if history else None
    if last and _belongs(last, new):
        changed = _merged(last.get("changed", []), new.get("changed", []))
        new = {name: value for name, value in (new | {"changed": changed}).items() if value}
        history = history[:-1]
        if not changed:
            return history
    history = [*history, new][-MAX_LINES:]
    while len(history) > 1 and len(json.dumps(history)) > MAX_BYTES:
        history = history[1:]
    return history


def _belongs(last: Line, new: Line) -> bool:
    if not (last["action"] == new["action"] == "changed" and last["by"] == new["by"]):
        return False
    return datetime.fromisoformat(new["at"]) - datetime.fromisoformat(last["at"]) < TOGETHER


def _merged(first: list[Change], second: list[Change]) -> list[Change]:
    """Returns what two steps changed together; a field that is as it was before is not among it."""
    merged = {change["field"]: change for change in first}
    for change in second:
        name = change["field"]
        before = merged.pop(name, change)
        if before.get("was") != change.get("is"):
            kept = {key: value for key, value in (("was", before.get("was")), ("is", change.get("is"))) if value is not None}
            merged[name] = {"field": name} | kept
    return list(merged.values())

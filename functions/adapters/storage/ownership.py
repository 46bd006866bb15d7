"""Decides who may replace a stored article: the source that sent it, editors, and under conditions other sources."""

from dataclasses import dataclass

_EDITORS, _PULLED = "(api)", "(cms)"  # parentheses cannot occur in a webhook source's name


@dataclass(frozen=True, slots=True)
class Sender:
    """A webhook source, EDITORS or PULLED; a renamed source `takes_over` the articles of its former names."""

    name: str
    takes_over: frozenset[str] = frozenset()

    @property
    def title(self) -> str:
        """The name as people read it: `api`, `cms` or that of the source."""
        return self.name.strip("()")

    def owner_after(self, owner: str | None) -> str | None:
        """Returns the owner of an article of `owner` after this sender has replaced it, or None if it may not replace it.

        Articles stored by an earlier release have no owner (None).
        """
        if self.name == _EDITORS and owner not in (None, _PULLED):
            return owner  # later events of the source, above all its withdrawal, must still apply
        if self.name == _PULLED:
            return owner if owner == _PULLED else None  # a sent article takes precedence over a fetched one
        return self.name if owner in (None, _EDITORS, _PULLED, self.name, *self.takes_over) else None


EDITORS = Sender(_EDITORS)  # calls of the team's API
PULLED = Sender(_PULLED)  # articles fetched from [cms] when their cards were requested

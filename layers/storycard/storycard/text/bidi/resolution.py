"""An isolating run sequence of UAX #9 into the levels of its characters: rules W1 to I2, in passes as the standard has them."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from storycard.text import icu

INITIATORS = frozenset({"LRI", "RLI", "FSI"})
_NEUTRAL = frozenset({"B", "S", "WS", "ON", "PDI", *INITIATORS})  # NI of N0 to N2
_STRONG = {"L": "L", "R": "R", "EN": "R", "AN": "R"}  # how N0 to N2 count letters and numbers
_MAX_BRACKETS = 63  # open at once (BD16)


class IsolatingRunSequence(NamedTuple):
    """Characters of one explicit level, with their places in the paragraph and their classes after X8.

    `level_before` and `level_after` are the higher of its own level and its neighbour's: their parity is sos and eos (X10).
    """

    indices: tuple[int, ...]
    text: str
    classes: tuple[str, ...]
    level: int
    level_before: int
    level_after: int


def resolved_levels(sequence: IsolatingRunSequence) -> list[int]:
    """The level of each character of the sequence."""
    sos, eos = _direction(sequence.level_before), _direction(sequence.level_after)
    kinds = list(sequence.classes)
    _resolve_weak(kinds, sos)
    _resolve_brackets(sequence, kinds, sos)
    _resolve_neutral(kinds, sequence.level, sos, eos)
    if sequence.level % 2:  # I2
        return [sequence.level + (kind != "R") for kind in kinds]
    return [sequence.level + {"L": 0, "R": 1}.get(kind, 2) for kind in kinds]  # I1


def _resolve_weak(kinds: list[str], sos: str) -> None:
    """W1 to W7, in place."""
    previous = sos
    for index, kind in enumerate(kinds):  # W1
        if kind == "NSM":
            kinds[index] = "ON" if previous in INITIATORS or previous == "PDI" else previous
        previous = kinds[index]
    strong = sos
    for index, kind in enumerate(kinds):  # W2, W3
        if kind in ("L", "R", "AL"):
            strong = kind
        elif kind == "EN" and strong == "AL":
            kinds[index] = "AN"
        if kind == "AL":
            kinds[index] = "R"
    for index in range(1, len(kinds) - 1):  # W4
        before, kind, after = kinds[index - 1 : index + 2]
        if before == after and ((kind == "CS" and before in ("EN", "AN")) or (kind == "ES" and before == "EN")):
            kinds[index] = before
    for start, end, kind in _stretches(kinds):  # W5
        if kind == "ET" and "EN" in (*kinds[start - 1 : start], *kinds[end : end + 1]):
            kinds[start:end] = ["EN"] * (end - start)
    strong = sos
    for index, kind in enumerate(kinds):  # W6, W7
        if kind in ("ES", "ET", "CS"):
            kinds[index] = "ON"
        elif kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[index] = "L"


def _resolve_brackets(sequence: IsolatingRunSequence, kinds: list[str], sos: str) -> None:
    """N0, in place: both brackets of a pair take the direction of what is in them, or else of what they stand in."""
    embedding = _direction(sequence.level)
    for opening, closing in _bracket_pairs(sequence.text, kinds):
        inside = {_STRONG.get(kind) for kind in kinds[opening + 1 : closing]} - {None}
        if not inside:
            continue
        direction = embedding
        if embedding not in inside:
            context = next((_STRONG[kind] for kind in reversed(kinds[:opening]) if kind in _STRONG), sos)
            direction = context if context != embedding else embedding
        for bracket in (opening, closing):
            kinds[bracket] = direction
            for mark in range(bracket + 1, len(kinds)):  # marks go with the bracket they stand on
                if sequence.classes[mark] != "NSM":
                    break
                kinds[mark] = direction


def _bracket_pairs(text: str, kinds: Sequence[str]) -> list[tuple[int, int]]:
    """Where the pairs of brackets open and close, by where they open (BD16); none when too many are open at once."""
    opened: list[tuple[str, int]] = []  # the bracket that would close it, and where it stands
    pairs: list[tuple[int, int]] = []
    for index, kind in enumerate(kinds):
        bracket = icu.paired_bracket(text[index]) if kind == "ON" else None
        if bracket is None:
            continue
        if bracket.opens:
            if len(opened) == _MAX_BRACKETS:
                return []
            opened.append((bracket.closing, index))
            continue
        depth = next((depth for depth in reversed(range(len(opened))) if opened[depth][0] == bracket.closing), None)
        if depth is not None:
            pairs.append((opened[depth][1], index))
            del opened[depth:]
    return sorted(pairs)


def _resolve_neutral(kinds: list[str], level: int, sos: str, eos: str) -> None:
    """N1 and N2, in place: what is neutral goes with letters or numbers that agree on either side, else with the level."""
    for start, end, kind in _stretches(["NI" if kind in _NEUTRAL else kind for kind in kinds]):
        if kind == "NI":
            before = _STRONG[kinds[start - 1]] if start else sos
            after = _STRONG[kinds[end]] if end < len(kinds) else eos
            kinds[start:end] = [before if before == after else _direction(level)] * (end - start)


def _stretches(kinds: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Start, end and class of each stretch of characters of one class."""
    start = 0
    for kind, members in groupby(tuple(kinds)):
        end = start + len(list(members))
        yield start, end, kind
        start = end


def _direction(level: int) -> str:
    return "R" if level % 2 else "L"

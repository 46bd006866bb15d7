"""Resolves the levels of an isolating run sequence (UAX #9, rules W1 to I2), one pass per rule or two."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from storycard.text import icu

ISOLATE_INITIATORS = frozenset({"LRI", "RLI", "FSI"})
_NEUTRAL = frozenset({"B", "S", "WS", "ON", "PDI", *ISOLATE_INITIATORS})  # NI in rules N0 to N2
_STRONG = {"L": "L", "R": "R", "EN": "R", "AN": "R"}  # N0 to N2 treat numbers as R
_MAX_BRACKETS = 63  # the size of the bracket stack (BD16)


class IsolatingRunSequence(NamedTuple):
    """Characters of one explicit level, with their offsets in the paragraph and their classes after X8.

    `level_before` and `level_after` are the higher of its own level and its neighbour's. Their parity is sos and eos (X10).
    """

    indices: tuple[int, ...]
    text: str
    classes: tuple[str, ...]
    level: int
    level_before: int
    level_after: int


def resolve_levels(sequence: IsolatingRunSequence) -> list[int]:
    """Returns the level of each character of the sequence."""
    sos, eos = _direction(sequence.level_before), _direction(sequence.level_after)
    classes = list(sequence.classes)
    _resolve_weak(classes, sos)
    _resolve_brackets(sequence, classes, sos)
    _resolve_neutral(classes, sequence.level, sos, eos)
    if sequence.level % 2:  # I2
        return [sequence.level + (bidi_class != "R") for bidi_class in classes]
    return [sequence.level + {"L": 0, "R": 1}.get(bidi_class, 2) for bidi_class in classes]  # I1


def _resolve_weak(classes: list[str], sos: str) -> None:
    """Applies W1 to W7, in place."""
    previous = sos
    for index, bidi_class in enumerate(classes):  # W1
        if bidi_class == "NSM":
            classes[index] = "ON" if previous in ISOLATE_INITIATORS or previous == "PDI" else previous
        previous = classes[index]
    strong = sos
    for index, bidi_class in enumerate(classes):  # W2, W3
        if bidi_class in ("L", "R", "AL"):
            strong = bidi_class
        elif bidi_class == "EN" and strong == "AL":
            classes[index] = "AN"
        if bidi_class == "AL":
            classes[index] = "R"
    for index in range(1, len(classes) - 1):  # W4
        before, bidi_class, after = classes[index - 1 : index + 2]
        if before == after and ((bidi_class == "CS" and before in ("EN", "AN")) or (bidi_class == "ES" and before == "EN")):
            classes[index] = before
    for start, end, bidi_class in _class_runs(classes):  # W5
        if bidi_class == "ET" and "EN" in (*classes[start - 1 : start], *classes[end : end + 1]):
            classes[start:end] = ["EN"] * (end - start)
    strong = sos
    for index, bidi_class in enumerate(classes):  # W6, W7
        if bidi_class in ("ES", "ET", "CS"):
            classes[index] = "ON"
        elif bidi_class in ("L", "R"):
            strong = bidi_class
        elif bidi_class == "EN" and strong == "L":
            classes[index] = "L"


def _resolve_brackets(sequence: IsolatingRunSequence, classes: list[str], sos: str) -> None:
    """Applies N0, in place: both brackets of a pair take the direction of their content, or else of their context."""
    embedding = _direction(sequence.level)
    for opening, closing in _bracket_pairs(sequence.text, classes):
        inside = {_STRONG.get(bidi_class) for bidi_class in classes[opening + 1 : closing]} - {None}
        if not inside:
            continue
        direction = embedding
        if embedding not in inside:
            context = next((_STRONG[bidi_class] for bidi_class in reversed(classes[:opening]) if bidi_class in _STRONG), sos)
            direction = context if context != embedding else embedding
        for bracket in (opening, closing):
            classes[bracket] = direction
            for mark in range(bracket + 1, len(classes)):  # combining marks take the class of their bracket
                if sequence.classes[mark] != "NSM":
                    break
                classes[mark] = direction


def _bracket_pairs(text: str, classes: Sequence[str]) -> list[tuple[int, int]]:
    """Returns the offsets of each pair of brackets, sorted (BD16); none if the bracket stack overflows."""
    open_brackets: list[tuple[str, int]] = []  # the closing bracket expected, and the offset of the opening one
    pairs: list[tuple[int, int]] = []
    for index, bidi_class in enumerate(classes):
        bracket = icu.paired_bracket(text[index]) if bidi_class == "ON" else None
        if bracket is None:
            continue
        if bracket.opens:
            if len(open_brackets) == _MAX_BRACKETS:
                return []
            open_brackets.append((bracket.closing, index))
            continue
        depth = next((depth for depth in reversed(range(len(open_brackets))) if open_brackets[depth][0] == bracket.closing), None)
        if depth is not None:
            pairs.append((open_brackets[depth][1], index))
            del open_brackets[depth:]
    return sorted(pairs)


def _resolve_neutral(classes: list[str], level: int, sos: str, eos: str) -> None:
    """Applies N1 and N2, in place: neutrals between characters of one direction take it, others take the embedding's."""
    for start, end, bidi_class in _class_runs(["NI" if bidi_class in _NEUTRAL else bidi_class for bidi_class in classes]):
        if bidi_class == "NI":
            before = _STRONG[classes[start - 1]] if start else sos
            after = _STRONG[classes[end]] if end < len(classes) else eos
            classes[start:end] = [before if before == after else _direction(level)] * (end - start)


def _class_runs(classes: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yields the start, end and class of each run of characters of one class."""
    start = 0
    for bidi_class, members in groupby(tuple(classes)):
        end = start + len(list(members))
        yield start, end, bidi_class
        start = end


def _direction(level: int) -> str:
    return "R" if level % 2 else "L"

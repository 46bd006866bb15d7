"""Finds names of people, places and institutions: listed ones, and runs of capitalised words."""

import re
from collections.abc import Iterator, Sequence

from storycard.language.word_lists import BreakWords, Names
from storycard.text.breaking.tokens import Token

_POSSESSIVE = re.compile(r"['’]\w{0,4}$")
_LONGEST_LISTED = 4  # words
_LONGEST_PERSON = 3  # words with a capital: "Ruth Bader Ginsburg"
_MOST_PARTICLES = 2  # in a row: "van den", "von der"


def within_names(tokens: Sequence[Token], words: BreakWords, given_only: bool) -> Iterator[int]:
    """Yields where the words of people's names start, except the first of each.

    A name begins with a listed given name. In a run of capitalised words without one, the words are paired from the end, because
    titles come first: "Prime Minister Ana Ruiz". Particles are inside: "Ana van den Berg". With `given_only`, capitals mean
    nothing, and a name is a given name and the capitalised word after it.
    """
    for run in _capitalised_runs(tokens, words):
        given = [place for place, index in enumerate(run) if tokens[index].key in words.names.given]
        if given_only:
            parts = [run[place : place + 2] for place in given]
        elif given and len(run) - given[0] > 1:
            parts = [run[given[0] :]] if len(run) - given[0] <= _LONGEST_PERSON else [run[given[0] : given[0] + 2]]
        else:
            parts = [run[end - 2 : end] for end in range(len(run), 1, -2)]
        for part in parts:
            yield from (token.start for token in tokens[part[0] + 1 : part[-1] + 1])


def _capitalised_runs(tokens: Sequence[Token], words: BreakWords) -> Iterator[list[int]]:
    """Yields the indexes of capitalised words that follow each other, or have only particles of names between them."""
    run: list[int] = []
    for index, token in enumerate(tokens):
        particle = bool(run) and words.name_particles.has(token.key) and index - run[-1] <= _MOST_PARTICLES
        named = token.capital and not words.not_names.has(token.key)
        if run and (token.opened or not (named or particle)):
            yield run
            run = []
        if named:
            run.append(index)
        if run and (token.closing.strip("’'") or not token.core):
            yield run
            run = []
    if run:
        yield run


def within_listed_names(tokens: Sequence[Token], names: Names) -> list[int]:
    """Returns where the words of listed names start, except the first of each; the last may have a possessive ending."""
    starts: list[int] = []
    for index, token in enumerate(tokens):
        if token.key not in names.first_words or token.closing:
            continue
        name = token.key
        for end in range(index + 1, min(index + _LONGEST_LISTED, len(tokens))):
            following = tokens[end]
            if following.opened:
                break
            if f"{name} {_POSSESSIVE.sub('', following.key)}" in names.whole:
                starts += [inner.start for inner in tokens[index + 1 : end + 1]]
            if following.closing:
                break
            name = f"{name} {following.key}"
    return starts


def within_double_names(tokens: Sequence[Token], names: Names, given_only: bool) -> Iterator[int]:
    """Yields where the second parts of names such as "Jean-Luc" start; with `given_only`, the first is a listed given name."""
    for token in tokens:
        first, hyphen, second = token.core.partition("-")
        if (
            hyphen
            and len(first) > 1
            and first.istitle()
            and second.istitle()
            and (not given_only or first.casefold() in names.given)
        ):
            yield token.core_start + len(first) + 1

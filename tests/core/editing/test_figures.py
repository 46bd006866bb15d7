"""Checks the figures found in key facts against figures.txt."""

import re
from pathlib import Path
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from storycard.editing.figures import Figure, find_figure
from storycard.language.languages import load_languages
from support.paths import ASSETS

LANGUAGES = load_languages(ASSETS / "languages")
MARKED = re.compile(r"\{(?:([^{}>]*)>)?([^{}|#]*)(?:\|([^{}#]*))?(?:#(\d+)/(\d+))?\}(=?)")
MOST_MISSED = 0.05  # of the facts that have a figure
WORDS = """
£1.9bn 4,200 37% 3 10 12 2024 1.9 -5 − + % $ homes dead million Euro Mrd. people were taken out of the fund in not up fell by more
than about of out , . : – / ( ) “ ” ’s 億 円 人に 3人 约 लाख प्रतिशत ۳۷ درصد ล้านบาท 명 중 yüzde"""
PIECES = st.one_of(
    st.sampled_from(WORDS.split()),
    st.just(" "),
    st.just("\u00a0"),
    st.text(max_size=3),
)


class Case(NamedTuple):
    tag: str
    fact: str
    figure: Figure | None


def read_case(line: str) -> Case:
    tag, marked = line.replace("~", "\u00a0").split("\t")
    found = MARKED.search(marked)
    if not found:
        return Case(tag, marked, None)
    prefix, number, unit, some, many, whole = (part or "" for part in found.groups())
    before, after = marked[: found.start()], marked[found.end() :]
    fact = before + prefix + number + unit + after
    rest = fact if before or whole else after.strip()
    share = (int(some), int(many)) if some else None
    return Case(tag, fact, Figure(prefix.strip(), number.strip(), unit.strip(), rest, share))


def read_cases() -> list[Case]:
    lines = Path(__file__).with_name("figures.txt").read_text("utf-8").splitlines()
    return [read_case(line) for line in lines if line and not line.startswith("#")]


def test_finds_the_figure_of_each_fact_and_none_where_there_is_none() -> None:
    cases = read_cases()
    found = [(case, find_figure(case.fact, LANGUAGES.of(case.tag))) for case in cases]
    wrong = [f"{case.tag} {case.fact}\n   {figure}" for case, figure in found if figure and figure != case.figure]
    missed = [f"{case.tag} {case.fact}" for case, figure in found if case.figure and not figure]
    assert not wrong, "\n".join(wrong)
    assert len(missed) <= MOST_MISSED * sum(case.figure is not None for case in cases), "\n".join(missed)


def test_kind_of_space_after_a_number_changes_no_figure() -> None:
    changed = []
    for case in read_cases():
        plain, bound = (
            find_figure(fact, LANGUAGES.of(case.tag)) for fact in (case.fact, re.sub(r"(?<=\d) ", "\u00a0", case.fact))
        )
        if repr(plain).replace(r"\xa0", " ") != repr(bound).replace(r"\xa0", " "):
            changed.append(f"{case.tag} {case.fact}\n   {bound}")
    assert not changed, "\n".join(changed)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=14).map("".join), st.sampled_from(("en", "de", "fr", "ja", "ko", "hi", "ar", "th", "tr", "sw")))
def test_figure_and_rest_are_made_of_the_fact(fact: str, tag: str) -> None:
    figure = find_figure(fact, LANGUAGES.of(tag))
    if not figure:
        return
    assert all(part in fact for part in figure[:4])
    if figure.rest != fact:
        assert re.sub(r"\s", "", "".join(figure[:4])) == re.sub(r"\s", "", fact)

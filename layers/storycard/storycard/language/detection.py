"""Detects the language of a text, with naive Bayes over byte n-grams (docs/adr/0017-one-language-detector.md)."""

import base64
import json
import math
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from storycard.language.tags import parse_tag

_MAX_CHARACTERS = 1_500  # more text changes no answer
_MAX_SCRIPT_CHARACTERS = 300


@dataclass(frozen=True, slots=True)
class _Model:
    """The model that `build_detector.py` writes: a weight for each n-gram and column; one language may have several columns."""

    languages: tuple[str, ...]
    weights: Mapping[str, str]  # base85 of a byte for each column; the n-grams are bytes as Latin-1 text
    longest: int
    step: float  # of a weight, in log-likelihood
    scripts: Mapping[str, tuple[str, ...]]  # the languages of a script, by the first word of its letters' names
    aliases: Mapping[str, str]
    related: tuple[frozenset[str], ...]
    several_scripts: frozenset[str]


def detect_languages(text: str) -> dict[str, float]:
    """Returns the probabilities of the languages in the script of `text`, by primary subtag.

    They are close to each other if `text` is too short to decide. The result is empty for a script outside the model.
    """
    model = _model()
    candidates = model.scripts.get(_script(text), ())
    if len(candidates) < 2:
        return dict.fromkeys(candidates, 1.0)
    text = unicodedata.normalize("NFC", text[:_MAX_CHARACTERS])
    data = (text.lower() if text.isupper() else text).encode("utf-8", "replace").decode("latin-1")
    columns = [column for column, language in enumerate(model.languages) if language in candidates]
    scores = dict.fromkeys(columns, 0.0)
    for gram, count in _count_grams(data, model).items():
        weights, factor = base64.b85decode(model.weights[gram]), math.log1p(count) * model.step
        for column in columns:
            scores[column] += factor * weights[column]
    best, spread = max(scores.values()), math.sqrt(len(data))  # this scale makes probabilities comparable for texts of any length
    shares = {column: math.exp((score - best) / spread) for column, score in scores.items()}
    probabilities = dict.fromkeys(candidates, 0.0)
    for column, share in shares.items():
        probabilities[model.languages[column]] += share / sum(shares.values())
    return probabilities


def known_language(tag: str) -> str:
    """Returns the language of a BCP 47 tag by the name that `detect_languages` uses, or "" if the model does not cover it."""
    model, primary = _model(), parse_tag(tag).primary
    primary = model.aliases.get(primary, primary)
    return primary if any(primary in languages for languages in model.scripts.values()) else ""


def are_related(language: str, other: str) -> bool:
    """Returns whether two languages are too alike for the detector to overrule one with the other."""
    return any(language in group and other in group for group in _model().related)


def has_several_scripts(language: str) -> bool:
    """Returns whether a language is also written in scripts that the model does not cover for it."""
    return language in _model().several_scripts


def _count_grams(data: str, model: _Model) -> Counter[str]:
    """Counts, for each end in `data`, the longest n-gram of the model that ends there."""
    counts: Counter[str] = Counter()
    for end in range(1, len(data) + 1):
        for start in range(max(0, end - model.longest), end):
            if (gram := data[start:end]) in model.weights:
                counts[gram] += 1
                break
    return counts


def _script(text: str) -> str:
    """Returns the first word of the Unicode names of most letters in `text`, such as "TIBETAN"."""
    letters = (letter for letter in text[:_MAX_SCRIPT_CHARACTERS] if letter.isalpha())
    scripts = Counter(unicodedata.name(letter, "").partition(" ")[0] for letter in letters)
    return scripts.most_common(1)[0][0] if scripts else ""


@cache
def _model() -> _Model:
    content = json.loads(Path(__file__).with_name("detection_model.json").read_text("utf-8"))
    return _Model(
        languages=tuple(content["languages"]),
        weights=content["weights"],
        longest=max(map(len, content["weights"])),
        step=content["step"],
        scripts={script: tuple(languages.split()) for script, languages in content["scripts"].items()},
        aliases=content["aliases"],
        related=tuple(frozenset(group.split()) for group in content["related"]),
        several_scripts=frozenset(content["several_scripts"].split()),
    )

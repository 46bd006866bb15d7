"""Checks the list for a language in CONTRIBUTING.md: each test fails with the step that is missing after one was added."""

import ast
import json
import re
import tomllib

import pytest

from storycard.language.figure_words import FIGURE_KEYS
from storycard.language.languages import load_languages
from storycard.language.reading_words import READING_KEYS
from storycard.language.word_lists import BreakWords
from storycard.text.icu import script
from support.paths import ASSETS, ROOT, docs

TAGS = sorted(path.stem for path in (ASSETS / "languages").glob("*.toml") if path.stem != "others")
# Language tags that may stand in code: the last resort, and what others define.
WITH_TAGS = {
    "languages.py": {"en"},
    "error_card.py": {"en"},
    "word_lists.py": {"ja"},  # BudouX's models
    "tags.py": {"fa"},  # CLDR's aliases
    "article_language.py": {"zh", "zh-Hant"},  # GB 2312 and Big5
    "feed_legibility.py": {"zh"},  # its letter 一
    "encodings.py": {"el", "he", "ja", "ko", "vi", "zh"},  # the table of the HTML standard
}
# Languages of which some words are still to be listed; a new one has them all.
UNLISTED = {
    "figures": {"be", "et", "is", "lt", "lv", "mk", "sw", "ta"},
    "reading": {*("be", "bn", "et", "fa", "hi", "is", "lt", "lv", "mk", "sl", "sr", "sr-Latn", "sw", "ta", "th", "ur")},
    "lists": set[str](),
    "sentences of speech": {"ta", "th"},
}
OF_ANOTHER = {"no", "zh-HK", "zh-Hant", "zh-TW"}  # they take the words of another language, or give theirs to it
FACTS = docs("tests/core/editing/figures.txt").splitlines()


@pytest.mark.parametrize("tag", TAGS)
def test_language_has_all_it_needs(tag: str) -> None:
    language = load_languages(ASSETS / "languages").of(tag)  # step 1: raises AssetInvalid naming the key that is missing
    known = load_languages(ASSETS / "languages").speech_words(tag).verbs
    assert known or tag in ("ta", "th"), f"list the verbs of speech in assets/languages/speech/{tag}.toml"
    samples = [json.loads(line) for line in docs("samples/scripts.jsonl").splitlines()]
    shown = {script(letter) for sample in samples for letter in sample["headline"]}
    needed = {script(letter) for label in language.labels.values() for letter in label}
    assert needed <= shown, "its script is new: add a sample to samples/scripts.jsonl"


def test_language_that_is_copied_is_translated() -> None:
    languages = load_languages(ASSETS / "languages")
    english, others = languages.of("en"), [languages.of(tag) for tag in TAGS if tag != "en"]
    assert not [each.tag for each in others if each.labels["read"] == english.labels["read"]], "translate their labels"
    same = [each.tag for each in others if each.open_graph_locale == english.open_graph_locale]
    assert not same, "give them the open_graph_locale of their own region"


def test_language_is_in_one_file() -> None:
    both = set(tomllib.loads(docs("assets/languages/others.toml"))) & {*TAGS}
    assert both == set(), "move their tables from assets/languages/others.toml into their own files: only these are read"


@pytest.mark.parametrize("tag", [tag for tag in TAGS if tag not in OF_ANOTHER])
def test_words_of_language_are_listed_and_tried(tag: str) -> None:
    table = tomllib.loads(docs(f"assets/languages/{tag}.toml"))
    for name in ("reading", "lists", "figures"):
        assert name in table or tag in UNLISTED[name], f"add a table [{name}] to assets/languages/{tag}.toml"
    if "figures" in table:
        with_figure = {"{" in line for line in FACTS if line.startswith(f"{tag}\t")}
        assert with_figure == {True, False}, f"add facts in {tag} with and without a figure to tests/core/editing/figures.txt"
    spoken = json.loads(docs("tests/core/ingest/quotes/speakers.json"))
    hint = f"add sentences in {tag} to tests/core/ingest/quotes/speakers.json"
    assert tag in spoken or tag in UNLISTED["sentences of speech"], hint


def test_language_needs_no_python() -> None:
    tags = ({*TAGS} | {"yue", "ca", "yi"}) - {"hr", "id", "is", "it", "no", "th", "tr"}  # which are names in HTML, or words
    quoted = re.compile(rf'"(?:{"|".join(tags)})"')
    sources = [path for folder in (ROOT / "layers/storycard/storycard", ROOT / "functions") for path in folder.rglob("*.py")]
    trees = {path.name: ast.parse(text) for path in sources if quoted.search(text := path.read_text("utf-8"))}
    literals = {name: {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)} for name, tree in trees.items()}
    assert {name: found for name, values in literals.items() if (found := values & tags - WITH_TAGS.get(name, set()))} == {}


@pytest.mark.parametrize("key", [*BreakWords._fields, *FIGURE_KEYS, *READING_KEYS])
def test_key_of_languages_is_explained(key: str) -> None:
    assert f"{key}`" in docs("assets/languages/README.md"), "add a row to assets/languages/README.md"

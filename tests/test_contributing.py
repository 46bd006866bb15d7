"""Checks the lists of CONTRIBUTING.md: each test fails with the step that is missing after something was added."""

import ast
import json
import re

import pytest

from adapters.cms.article_map import KEYS
from adapters.cms.events import FORMATS as EVENT_FORMATS
from adapters.cms.signatures import SCHEMES
from http_api.openapi.document import openapi_document
from http_api.openapi.endpoint import with_openapi
from http_api.routes import ROUTES
from storycard.design.assets import Assets, load_assets
from storycard.design.kinds import CAROUSEL, EXAMPLES, series_of
from storycard.design.theme import ROLES
from storycard.ingest import FORMATS, detect_format
from storycard.language.figure_words import FIGURE_KEYS
from storycard.language.languages import load_languages
from storycard.language.reading_words import READING_KEYS
from storycard.language.word_lists import BreakWords
from storycard.layout import card_kinds
from storycard.text.icu import script
from support.cms_signers import SIGNERS
from support.paths import ASSETS, ROOT, SAMPLES
from support.reading import read_source
from support.template import stack

GUIDE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
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
ADDITIONS = ("theme", "format", "language", "language of the Studio", "CMS", "webhook scheme", "route", "kind of card")


def docs(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def first_column(page: str) -> set[str]:
    """Returns the names in code type in the first columns of a page's tables."""
    return {name for row in re.findall(r"^\| (`[^|]+?) \|", page, re.MULTILINE) for name in re.findall(r"`([\w-]+)`", row)}


def studio_words(table: str) -> set[str]:
    """Returns the keys of a table in assets/studio/words/en.js."""
    [keys] = re.findall(rf"^  {table}: {{([^}}]+)}}", docs("assets/studio/words/en.js"), re.MULTILINE)
    return set(re.findall(r"(\w+):", keys))


@pytest.mark.parametrize("addition", ADDITIONS)
def test_guide_has_a_list_for_each_addition(addition: str) -> None:
    section = GUIDE.split(f"\n## Add a {addition}\n")[1].split("\n## ")[0]
    assert section.lstrip().startswith("1. ")


def test_theme_is_listed_in_the_docs() -> None:
    themes = {path.stem for path in (ASSETS / "themes").glob("*.toml")}
    assert themes <= first_column(docs("docs/themes.md")), "add a row to the table in docs/themes.md"


def test_format_is_listed_in_the_readme(assets: Assets) -> None:
    assert set(assets.formats) <= first_column(docs("README.md")), "add a row to the table of formats in README.md"


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


@pytest.mark.parametrize("name", FORMATS)
def test_cms_has_a_sample_that_is_detected_and_read(name: str) -> None:
    samples = [path for path in (SAMPLES / "formats").iterdir() if path.stem == f"ferry-{name}"]
    named_otherwise = {"native": SAMPLES / "harbour-barriers.json", "text": SAMPLES / "harbour-barriers.txt"}
    named_otherwise["jsonld"] = SAMPLES / "formats" / "ferry-page.html"
    sample = samples[0] if samples else named_otherwise.get(name)
    assert sample, f"add samples/formats/ferry-{name}.json (or .html, .xml)"
    data = sample.read_bytes()
    assert detect_format(data) == name, "add a rule to ingest/detection.py"
    assert read_source(data, name, article_id="ferry", language="en").headline


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"native", "text"}))
def test_cms_has_a_column_in_the_docs(name: str) -> None:
    assert f" `{name}` |" in docs("docs/articles.md"), "add a column to docs/articles.md"


def test_cms_is_added_by_a_table_before_any_python() -> None:
    section = GUIDE.split("\n## Add a CMS\n")[1].split("\n## ")[0]
    assert section.index("docs/tables.md") < section.index("storycard try-source") < section.index(".py`")


@pytest.mark.parametrize("key", KEYS)
def test_key_of_tables_is_explained(key: str) -> None:
    assert key in first_column(docs("docs/tables.md")), "add a row to docs/tables.md"


def test_cms_can_be_looked_up_by_id_on_aws() -> None:
    allowed = stack().template["Parameters"]["CmsFormat"]["AllowedValues"]
    assert set(allowed) == {"", *FORMATS}, "add it to CmsFormat in template.yaml"


@pytest.mark.parametrize("name", EVENT_FORMATS)
def test_cms_with_webhooks_is_in_the_docs(name: str) -> None:
    assert f"`{name}`" in docs("docs/webhooks.md"), "add a row to docs/webhooks.md"


@pytest.mark.parametrize("name", SCHEMES)
def test_webhook_scheme_is_tested_and_in_the_docs(name: str) -> None:
    assert name in SIGNERS, "add a signer to tests/support/cms_signers.py"
    assert f"`{name}`" in docs("docs/webhooks.md"), "add a row to docs/webhooks.md"


def test_routes_and_formats_are_in_the_committed_openapi_document() -> None:
    assert docs("docs/openapi.json") == openapi_document(with_openapi(ROUTES), ASSETS), "run make docs"


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.template)
def test_route_that_needs_a_token_is_in_the_docs(route) -> None:
    calls = [method for method, operation in route.operations.items() if operation.role and method != "HEAD"]
    shown = route.template.replace("{article_id}", "{id}").replace("{format_name}", "{format}").replace("{extension}", "{ext}")
    for method in calls:
        assert f"`{method} {shown}" in docs("docs/http.md"), "add a row to the table of calls in docs/http.md"


@pytest.mark.parametrize("kind", EXAMPLES)
def test_kind_is_drawn_described_and_named(kind: str, assets: Assets) -> None:
    series = series_of(kind)
    assert series in (*card_kinds.PLACERS, CAROUSEL), "add what places it to layout/card_kinds.py"
    assert series in studio_words("kinds"), "add its name to kinds in assets/studio/words/en.js"
    assert f"`{kind}`" in docs("README.md"), "add it to the kinds in README.md"
    for theme in assets.themes.values():
        composed = {name for name, _ in theme.compositions}
        assert series in (*composed, CAROUSEL), f"add its compositions to assets/themes/{theme.name}.toml"


@pytest.mark.parametrize("role", ROLES)
def test_text_role_is_in_every_theme(role: str) -> None:
    for theme in load_assets(ASSETS).themes.values():
        assert role in theme.roles, f"add [roles.{role}] to assets/themes/{theme.name}.toml"

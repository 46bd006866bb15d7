"""Checks the lists of CONTRIBUTING.md: each test fails with the step that is missing after something was added."""

import json
import re

import pytest
from PIL import Image

from adapters.cms.article_map import KEYS
from adapters.cms.events import FORMATS as EVENT_FORMATS
from adapters.cms.events import READERS
from adapters.cms.signatures import SCHEMES
from http_api.openapi.document import openapi_document
from http_api.openapi.endpoint import with_openapi
from http_api.routes import ROUTES
from sheets.themes import GAP_PX, ROW_PX, SHEET
from storycard.article import Article
from storycard.describing.alt_text import statement
from storycard.design.assets import Assets, load_assets
from storycard.design.composition_reader import PAID, PARTS
from storycard.design.kinds import CAROUSEL, EXAMPLES, KINDS, series_of
from storycard.design.theme import ROLES
from storycard.errors import CardSkipped
from storycard.ingest import FORMATS, detect_format
from storycard.layout import card_kinds
from storycard.layout.card import lay_out
from support.cms_signers import SIGNERS
from support.paths import ASSETS, ROOT, SAMPLES, THEMES, docs
from support.reading import read_source
from support.template import stack

GUIDE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
STUDIO_LANGUAGES = sorted(path.stem for path in (ASSETS / "studio/words").glob("??.js"))
# Operations that need no right but those of others.
COVERED = {
    *(
        "getHealth",
        "getPost",
        "savePost",
        "deletePost",
        "commentOnPost",
        "approvePost",
        "unapprovePost",
        "getPostPage",
        "getCaller",
    ),
    *(
        "getCatalogue",
        "getVersion",
        "getAddedPhoto",
        "getStudio",
        "getSignIn",
        "getStudioFile",
        "getStudioFileInRoom",
        "getStudioFileOfRelease",
        "getOembed",
    ),
    *("getSharePage", "getSharePageOfKind", "checkSlack", "downloadCard", "getPinnedCard", "getManifest", "getNegotiatedCard"),
}
# Parts whose texts are cut on no card, or come from no field of an article, so that the Studio never names them.
UNNAMED = {"figure", "rest", "mark", "source", "invitation", "link"}
ORNAMENTS = {"mark", "source"}  # which a composition of quotes may have
ADDITIONS = ("theme", "format", "language", "language of the Studio", "CMS", "webhook scheme", "route", "kind of card")


def first_column(page: str) -> set[str]:
    """Returns the names in code type in the first columns of a page's tables."""
    return {name for row in re.findall(r"^\| (`[^|]+?) \|", page, re.MULTILINE) for name in re.findall(r"`([\w-]+)`", row)}


def studio_words(table: str, tag: str) -> set[str]:
    """Returns the keys of a table in assets/studio/words/TAG.js."""
    [keys] = re.findall(rf"^  {table}: {{([^}}]+)}}", docs(f"assets/studio/words/{tag}.js"), re.MULTILINE)
    return set(re.findall(r"(\w+):", keys))


def goldens(theme: str, kind: str) -> bool:
    """Returns whether there is a golden image of a kind, in a theme unless that is "*"."""
    return any((ROOT / "tests/pixels/goldens").glob(f"{theme}-*{kind}-*.png"))


def modules(folder: str) -> set[str]:
    return {path.stem for path in (ROOT / folder).glob("*.py")} - {"__init__"}


@pytest.mark.parametrize("addition", ADDITIONS)
def test_guide_has_a_list_for_each_addition(addition: str) -> None:
    section = GUIDE.split(f"\n## Add a {addition}\n")[1].split("\n## ")[0]
    assert section.lstrip().startswith("1. ")


def test_theme_is_listed_in_the_docs() -> None:
    themes = {path.stem for path in (ASSETS / "themes").glob("*.toml")}
    assert themes <= first_column(docs("docs/themes.md")), "add a row to the table in docs/themes.md"


def test_theme_is_on_the_sheet() -> None:
    with Image.open(SHEET) as sheet:
        assert sheet.height == len(THEMES) * (ROW_PX + GAP_PX) + GAP_PX, "run make cards, which draws docs/themes.png"


@pytest.mark.parametrize("theme", THEMES)
def test_theme_has_golden_images(theme: str) -> None:
    missing = [kind for kind in ("headline", "bullet", "quote") if not goldens(theme, kind)]
    assert missing == [], "add these kinds in it to THEMES in tests/pixels/test_goldens.py, and run make goldens"


def test_format_is_listed_in_the_readme_and_named_in_the_studio(assets: Assets) -> None:
    assert set(assets.formats) <= first_column(docs("README.md")), "add a row to the table of formats in README.md"
    for tag in STUDIO_LANGUAGES:
        assert set(assets.formats) <= studio_words("formats", tag), f"add its name to formats in assets/studio/words/{tag}.js"


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


def test_module_of_a_cms_or_scheme_is_in_its_table() -> None:
    readers = {reader.__module__.rpartition(".")[2] for reader in READERS.values()}
    events = modules("functions/adapters/cms/events") - {"event", "event_names"}
    assert events <= readers, "add them to READERS in functions/adapters/cms/events/__init__.py"
    schemes = {scheme.verify.__module__.rpartition(".")[2] for scheme in SCHEMES.values()}
    signatures = modules("functions/adapters/cms/signatures") - {"scheme"}
    assert signatures <= schemes, "add them to SCHEMES in functions/adapters/cms/signatures/__init__.py"
    ingest = docs("layers/storycard/storycard/ingest/__init__.py")
    formats = {name for name in modules("layers/storycard/storycard/ingest/formats") if f"read_{name}" not in ingest}
    assert {name for name in formats if f'_lazy_reader("{name}")' not in ingest} == set(), (
        "add them to FORMATS in ingest/__init__.py"
    )


@pytest.mark.parametrize("name", EVENT_FORMATS)
def test_cms_with_webhooks_is_in_the_docs(name: str) -> None:
    assert f"`{name}`" in docs("docs/webhooks.md"), "add a row to docs/webhooks.md"


@pytest.mark.parametrize("name", SCHEMES)
def test_webhook_scheme_is_tested_and_in_the_docs(name: str) -> None:
    assert name in SIGNERS, "add a signer to tests/support/cms_signers.py"
    rows = docs("docs/webhooks.md").split("| `scheme` |")[1].split("\n\n")[0]
    assert f"\n| `{name}` |" in rows, "add a row to the table of schemes in docs/webhooks.md"


def test_shapes_of_answers_are_in_the_openapi_document() -> None:
    document = docs("docs/openapi.json")
    named = set(re.findall(r"#/components/schemas/(\w+)", document))
    assert named <= set(json.loads(document)["components"]["schemas"]), "add them to http_api/openapi/schemas.py"


def test_routes_and_formats_are_in_the_committed_openapi_document() -> None:
    assert docs("docs/openapi.json") == openapi_document(with_openapi(ROUTES), ASSETS), "run make docs"


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.template)
def test_route_that_needs_a_token_is_in_the_docs(route) -> None:
    calls = [method for method, operation in route.operations.items() if operation.role and method != "HEAD"]
    shown = route.template.replace("{article_id}", "{id}").replace("{format_name}", "{format}").replace("{extension}", "{ext}")
    for method in calls:
        assert re.search(rf"`{method} {re.escape(shown)}[`?]", docs("docs/http.md")), (
            "add a row to the table of calls in docs/http.md"
        )


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.template)
def test_route_is_called_where_rights_are_compared(route) -> None:
    calls = docs("tests/functions/test_role_permissions.py")
    path = re.sub(r"\\{\w+\\}", r'[^/\\s".]+', re.escape(route.template))
    for method, operation in route.operations.items():
        if method != "HEAD" and operation.operation_id not in COVERED:
            call = rf'request\("{method}", f?"{path}"'
            assert re.search(call, calls), "call it in http_api_calls of tests/functions/test_role_permissions.py"


@pytest.mark.parametrize("kind", EXAMPLES)
def test_kind_is_drawn_described_and_named(kind: str, assets: Assets) -> None:
    series = series_of(kind)
    assert series in (*card_kinds.PLACERS, CAROUSEL), "add what places it to layout/card_kinds.py"
    for tag in STUDIO_LANGUAGES:
        assert series in studio_words("kinds", tag), f"add its name to kinds in assets/studio/words/{tag}.js"
    assert goldens("*", series), "add a card to tests/pixels/test_goldens.py, and run make goldens"
    assert f"`{kind}`" in docs("README.md"), "add it to the kinds in README.md"
    for theme in assets.themes.values():
        composed = {name for name, _ in theme.compositions}
        assert series in (*composed, CAROUSEL), f"add its compositions to assets/themes/{theme.name}.toml"


@pytest.mark.parametrize("kind", [series_of(kind) for kind in EXAMPLES if series_of(kind) != CAROUSEL])
def test_kind_is_drawn_of_paid_content(kind: str, assets: Assets) -> None:
    assert kind in PARTS, "add its parts to PARTS of design/composition_reader.py"
    assert set(PARTS[kind]) - ORNAMENTS <= set(PARTS[PAID]), "add its parts to PAID in PARTS of design/composition_reader.py"
    for (composed, shape), compositions in assets.themes["broadsheet"].compositions.items():
        if composed == PAID:
            parts = set(compositions[-1].parts)
            assert set(PARTS[kind]) - ORNAMENTS <= parts, f"add its parts to [cards.paid.{shape}] in assets/labels.toml"


@pytest.mark.parametrize("kind", KINDS)
def test_kind_is_made_of_every_sample_and_described(kind: str, assets: Assets, samples: dict[str, Article]) -> None:
    for name, article in samples.items():
        context = assets.render_context(article)
        try:
            scene = lay_out(article, kind, assets.formats["square"], context, assets.fonts)
        except CardSkipped as skipped:
            pytest.fail(f"give what it shows to samples/{name}.json: {skipped.reason}")
        assert statement(scene, context.language), "add its alternative text to statement in describing/alt_text.py"


@pytest.mark.parametrize("tag", STUDIO_LANGUAGES)
def test_texts_of_kinds_are_named_in_the_studio(tag: str) -> None:
    parts = {part for parts in PARTS.values() for part in parts} - UNNAMED
    assert parts <= studio_words("roles", tag), f"add the names of these roles to roles in assets/studio/words/{tag}.js"


@pytest.mark.parametrize("role", ROLES)
def test_text_role_is_in_every_theme(role: str) -> None:
    for theme in load_assets(ASSETS).themes.values():
        assert role in theme.roles, f"add [roles.{role}] to assets/themes/{theme.name}.toml"

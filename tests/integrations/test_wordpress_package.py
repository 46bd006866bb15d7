"""Checks the WordPress plugin as far as that needs no PHP: its zip, its headers and its translations. `make cms` runs it."""

import gettext
import io
import re
import runpy
import zipfile
from pathlib import Path

import pytest

from support.paths import ROOT

TOOL = runpy.run_path(str(ROOT / "integrations/wordpress/package.py"))
PLUGIN: Path = TOOL["PLUGIN"]
LANGUAGES = sorted(PLUGIN.glob("languages/*.po"))
PLACEHOLDER = re.compile(r"%(?:\d\$)?[sd]")


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    target = tmp_path_factory.mktemp("zip") / "a.zip"
    TOOL["pack"](target)
    first = target.read_bytes()
    return zipfile.ZipFile(io.BytesIO(first))


def test_zip_has_one_folder_with_all_that_is_needed(package: zipfile.ZipFile) -> None:
    names = package.namelist()
    assert {name.split("/")[0] for name in names} == {"storycard"}
    loaded = re.findall(r"'([a-z-]+)'", re.search(r"foreach \( array\((.*?)\)", (PLUGIN / "storycard.php").read_text("utf-8"))[1])
    parts = {f"storycard/includes/{name}.php" for name in loaded}
    assert parts == {name for name in names if "/includes/" in name}
    assert {"storycard/readme.txt", "storycard/license.txt", "storycard/uninstall.php"} <= set(names)


def test_zip_is_the_same_on_every_machine(package: zipfile.ZipFile) -> None:
    entries = package.infolist()
    assert [entry.filename for entry in entries] == sorted(entry.filename for entry in entries)
    assert {(entry.date_time, entry.external_attr, entry.create_system) for entry in entries} == {
        ((2000, 1, 1, 0, 0, 0), 0o644 << 16, 3)
    }


def test_versions_agree(package: zipfile.ZipFile) -> None:
    header, readme = ((PLUGIN / name).read_text("utf-8") for name in ("storycard.php", "readme.txt"))
    for in_header, in_readme in (
        ("Version", "Stable tag"),
        ("Requires at least", "Requires at least"),
        ("Requires PHP", "Requires PHP"),
    ):
        [version] = re.findall(rf"^ \* {in_header}: +(\S+)$", header, re.MULTILINE)
        assert re.findall(rf"^{in_readme}: (\S+)$", readme, re.MULTILINE) == [version]
    assert f"const VERSION = '{re.findall('Stable tag: (.+)', readme)[0]}';" in header


def test_template_of_translations_is_up_to_date() -> None:
    """Fails after a text was changed: run `make wordpress-plugin` and translate it."""
    assert (PLUGIN / "languages/storycard.pot").read_text("utf-8") == TOOL["template"]()


def test_every_text_is_translated_into_every_language(package: zipfile.ZipFile) -> None:
    assert [path.stem for path in LANGUAGES] == ["storycard-de_DE", "storycard-es_ES", "storycard-fr_FR"]
    for path in LANGUAGES:
        compiled = gettext.GNUTranslations(io.BytesIO(package.read(f"storycard/languages/{path.stem}.mo")))
        written = {key: said for key, said in TOOL["translations"](path).items() if key[1]}
        assert set(written) == set(TOOL["messages"]())
        for (context, text), said in written.items():
            assert said, text
            assert sorted(PLACEHOLDER.findall(said)) == sorted(PLACEHOLDER.findall(text)), text
            assert (compiled.pgettext(context, text) if context else compiled.gettext(text)) == said


def test_every_text_that_people_read_is_marked_for_translation() -> None:
    """Calls whose text domain is missing, or which the template's pattern does not read, would stay English."""
    calls = re.compile(r"\b(?:__|_e|_x|_n|esc_html__|esc_html_e|esc_attr__|esc_attr_e)\(")
    for path in PLUGIN.rglob("*.php"):
        source = path.read_text("utf-8")
        assert len(calls.findall(source)) == len(TOOL["_CALL"].findall(source)), path.name


def test_files_cannot_be_called_by_themselves() -> None:
    for path in PLUGIN.rglob("*.php"):
        assert re.search(r"^defined\( '(?:ABSPATH|WP_UNINSTALL_PLUGIN)' \) \|\| exit;$", path.read_text("utf-8"), re.MULTILINE)


def test_php_is_that_of_7_4() -> None:
    """Newer syntax ends the whole site on an old PHP, and WordPress stands in for few of the newer functions."""
    functions = r"\b(?:match|str_contains|str_starts_with|str_ends_with|array_is_list) ?\("
    newer = re.compile(rf"\?->|{functions}|\b(?:readonly|enum|never)\b|: (?:mixed|static)\b")
    for path in PLUGIN.rglob("*.php"):
        code = re.sub(r"/\*.*?\*/|//[^\n]*|'(?:[^'\\]|\\.)*'", "", path.read_text("utf-8"), flags=re.DOTALL)
        assert newer.findall(code) == [], path.name

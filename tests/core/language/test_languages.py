"""Tests storycard.language.languages, and that each file of assets/languages/ has all that its language needs."""

import itertools
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storycard.design.assets import Assets
from storycard.errors import AssetInvalid
from storycard.language.dates import date_forms
from storycard.language.language import LABELS, QuotationMarks
from storycard.language.languages import Languages, load_languages
from storycard.language.tags import is_rtl
from storycard.text.paragraph import measure

FOLDER = Path(__file__).parents[3] / "assets/languages"
LANGUAGES = load_languages(FOLDER)
LISTED = sorted(path.stem for path in FOLDER.glob("*.toml") if path.stem != "others")
DAY = datetime(2026, 11, 3, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("en", "others", "pt"):
        shutil.copy(FOLDER / f"{name}.toml", tmp_path)
    return tmp_path


def changed(path: Path, old: str, new: str) -> Languages:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    return load_languages(path.parent)


@pytest.mark.parametrize("tag", LISTED)
def test_every_language_file_is_complete(tag: str, assets: Assets) -> None:
    language = LANGUAGES.of(tag)  # raises AssetInvalid for a key that is missing
    assert language.locale, "open_graph_locale"
    assert [*date_forms(DAY, tag)] != [*date_forms(DAY, "und")], "CLDR has no date pattern for this tag"
    for theme, label in itertools.product(assets.themes.values(), LABELS):
        text = language.labels[label]
        measured = measure(text, tag, is_rtl(tag), theme.roles["label"].style, assets.fonts)
        assert (text, measured.missing_glyphs) == (text.strip(), 0), "no family of fonts.toml has this script"


def test_every_table_in_others_can_be_read() -> None:
    for tag in ("de-CH", "hy", "uz"):
        assert LANGUAGES.of(tag).labels == LANGUAGES.of(tag.partition("-")[0] if "-" in tag else "en").labels


@pytest.mark.parametrize(
    ("tag", "live"),
    [("zh-Hant", "直播"), ("zh-hant-MO", "直播"), ("ZH-HANT", "直播"), ("tlh", "Live"), ("en-GB", "Live"), ("pt-PT", "Ao vivo")],
)
def test_labels_fall_back_to_shorter_tags_and_then_to_english(tag: str, live: str) -> None:
    assert LANGUAGES.of(tag).labels["live"] == live


@pytest.mark.parametrize(
    ("tag", "marks"),
    [
        ("en", ("“", "”", "‘", "’")),
        ("EN-gb", ("“", "”", "‘", "’")),
        ("fr", ("«\u00a0", "\u00a0»", "“", "”")),
        ("fr-CH", ("«", "»", "‹", "›")),
        ("fr-CA", ("«\u00a0", "\u00a0»", "”", "“")),
        ("pt", ("“", "”", "‘", "’")),
        ("pt-PT", ("«", "»", "“", "”")),
        ("sr-Latn-RS", ("„", "”", "’", "’")),
        ("zh-hant", ("「", "」", "『", "』")),
        ("zh-Hant-TW", ("「", "」", "『", "』")),
        ("zh-TW", ("「", "」", "『", "』")),
        ("x-unknown", ("“", "”", "‘", "’")),
    ],
)
def test_each_language_has_its_quotation_marks(tag: str, marks: tuple[str, ...]) -> None:
    assert LANGUAGES.of(tag).marks == QuotationMarks(*marks)


@pytest.mark.parametrize(
    ("tag", "locale"),
    [("pt-BR", "pt_BR"), ("pt-AO", "pt_AO"), ("ar", "ar_AR"), ("sv", "sv_SE"), ("es-419", "es_ES"), ("tlh", "")],
)
def test_open_graph_locale_has_a_region(tag: str, locale: str) -> None:
    assert LANGUAGES.of(tag).locale == locale


def test_a_changed_label_changes_the_digest(folder: Path) -> None:
    before = load_languages(folder).of("pt").digest
    assert changed(folder / "pt.toml", "Ao vivo", "Vivo").of("pt").digest != before


def test_a_changed_name_changes_the_digest(folder: Path) -> None:
    digests = set[str]()
    for names in ("", "# a comment\nNorth Port\n"):
        (folder / "names.txt").write_text(names, "utf-8")
        digests.add(load_languages(folder).of("pt").digest)
    assert len(digests) == 2


def test_words_for_reading_change_no_card(folder: Path) -> None:
    before = load_languages(folder).of("pt").digest
    after = changed(folder / "pt.toml", '"foto", ', '"foto", "imagem", ')
    assert after.of("pt").digest == before
    assert "imagem" in after.reading_words.credit_words


def test_reading_words_are_those_of_all_languages_each_once() -> None:
    words = LANGUAGES.reading_words
    assert {"live", "im livestream", "en direct"} & set(words.live)
    assert words.name_particles.count("de") == 1
    assert "i" in words.name_particles  # only in a table of others.toml


def test_reading_words_name_an_unknown_key(folder: Path) -> None:
    languages = changed(folder / "pt.toml", "credit_words =", "words =")
    with pytest.raises(AssetInvalid, match=r"^pt\.toml: reading\.words: expected one of name_particles, "):
        assert languages.reading_words
    languages.of("pt")  # a card needs none of these words


def test_words_of_speech_are_those_of_one_language() -> None:
    assert "sagte" in LANGUAGES.speech_words("de-AT").verbs
    assert "sagte" not in LANGUAGES.speech_words("en").verbs
    assert "說" in LANGUAGES.speech_words("zh-TW").verbs


def test_words_of_speech_name_an_unknown_key(folder: Path) -> None:
    path = folder / "speech" / "pt.toml"
    path.parent.mkdir()
    path.write_text('words = ["segundo"]', "utf-8")
    languages = load_languages(folder)
    with pytest.raises(AssetInvalid, match=r"^speech/pt\.toml: words: expected one of verbs, masculine_verbs, "):
        languages.speech_words("pt")
    languages.of("pt")  # a card needs none of these words


def test_line_breaks_name_an_unknown_key(folder: Path) -> None:
    languages = changed(folder / "pt.toml", "before_number =", "suffixes =")
    with pytest.raises(AssetInvalid, match=r"^pt\.toml: line_breaks\.suffixes: expected one of noun_prefixes, "):
        languages.of("pt")


def test_figures_name_an_unknown_key(folder: Path) -> None:
    languages = changed(folder / "pt.toml", "magnitudes =", "multiples =")
    with pytest.raises(AssetInvalid, match=r"^pt\.toml: figures\.multiples: expected one of magnitudes, "):
        languages.of("pt")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("{n}_em_cada_{m}", "{n}_em_cada", "pt.toml: figures.shares: expected ratios such as \"{n}_in_{m}\", got '{n}_em_cada'"),
        ('lasting = "', 'lasting = 5 #"', "pt.toml: figures.lasting: expected text, got 5"),
        ('live = "Ao vivo"', "", "pt.toml: labels.live: expected text, got nothing"),
        ("live =", "life =", "pt.toml: labels.life: expected one of live, breaking, "),
        ('"Ao vivo"', "7", "pt.toml: labels.live: expected text, got 7"),
        ("[labels]", "[words]", "pt.toml: words: expected one of quotation_marks, "),
        ('quotation_marks = "“”‘’"', "", "pt.toml: quotation_marks: expected text, got nothing"),
        ('"“”‘’"', '"“”"', "pt.toml: quotation_marks: expected four characters, got '“”'"),
        ('open_graph_locale = "pt_BR"', "", "pt.toml: open_graph_locale: expected text, got nothing"),
        ("dash =", "dashes =", "pt.toml: dashes: expected one of quotation_marks, "),
        ('dash = "—"', "dash = 1", "pt.toml: dash: expected text, got 1"),
        ("[labels]", "[labels", "pt.toml: expected TOML in UTF-8, got "),
    ],
)
def test_error_names_file_and_key(old: str, new: str, message: str, folder: Path) -> None:
    languages = changed(folder / "pt.toml", old, new)
    with pytest.raises(AssetInvalid) as caught:
        languages.of("pt")
    assert str(caught.value).startswith(message)


def test_requires_the_english_file(folder: Path) -> None:
    (folder / "en.toml").unlink()
    with pytest.raises(AssetInvalid, match=r"^languages/en.toml: expected a file, got nothing$"):
        load_languages(folder)

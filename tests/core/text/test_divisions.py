"""Tests where words that are wider than a line are divided."""

from collections.abc import Sequence

import pyphen
import pytest

from storycard.language.word_lists import NO_BREAK_WORDS
from storycard.text.breaking.divisions import with_divisions, with_grapheme_breaks
from storycard.text.breaking.hyphenation import hyphen_points
from storycard.text.breaking.opportunities import Break, find_breaks
from support.reading import LANGUAGES

WORDS = {
    "af": "arbeidsongeskiktheidsversekering",
    "cs": "nejneobhospodařovávatelnějšímu",
    "da": "Arbejdsmarkedskommission",
    "de": "Kraftfahrzeughaftpflichtversicherung",
    "el": "Ηλεκτροεγκεφαλογράφημα",
    "en": "Internationalization",
    "et": "Sünnipäevanädalalõpupeopärastlõunaväsimus",
    "hu": "megszentségteleníthetetlenségeskedéseitekért",
    "is": "Vaðlaheiðarvegavinnuverkfærageymsluskúr",
    "lv": "Pretpārpurvainošanās",
    "nb": "menneskerettighetsorganisasjoner",
    "nl": "arbeidsongeschiktheidsverzekering",
    "pl": "Konstantynopolitańczykowianeczka",
    "ru": "Достопримечательностей",
    "sr": "престолонаследниковица",
    "sv": "BARNKONVENTIONSLAGSTIFTNING",
}


def lines(text: str, places: Sequence[Break]) -> list[str]:
    starts = [0, *(place.next for place in places)]
    return [text[start : place.end] + place.suffix for start, place in zip(starts, places, strict=False)]


def divided(text: str, tag: str, start: int = 0) -> str:
    """Returns `text` with a bar at each division, "-|" for one with a hyphen."""
    places = find_breaks(text, tag)
    words = LANGUAGES.of(tag).break_words
    return "|".join(lines(text, with_divisions(text, places, tag, words, {start})))


@pytest.mark.parametrize(("language", "word"), WORDS.items())
def test_hyphens_are_where_pyphen_puts_them(language: str, word: str) -> None:
    whole = pyphen.Pyphen(lang=pyphen.language_fallback(language))
    expected = [point for point in whole.positions(word) if 3 <= point <= len(word) - 3 and not point.data]
    assert hyphen_points(word, language) == tuple(expected)


def test_leaves_out_hyphens_that_would_change_letters() -> None:
    assert [int(point) for point in pyphen.Pyphen(lang="hu").positions("asszonnyal")] == [2, 6]
    assert hyphen_points("asszonnyal", "hu") == ()


@pytest.mark.parametrize(
    ("tag", "word", "syllables"),
    [
        ("fi", "valtuustoryhmien", "val-tuus-to-ryh-mien"),
        ("fi", "arviointi", "arviointi"),  # three letters before and after a hyphen at least
        ("fi", "liikennekeskus", "lii-ken-ne-kes-kus"),
        ("tr", "hisarlılaştıramadık", "hisar-lı-laş-tı-ra-ma-dık"),
        ("no", "tilskuddsordning", "til-skudds-ord-ning"),
        ("nn", "organisasjonane", "orga-ni-sa-sjo-nane"),
        ("de-AT", "Förderung", "För-de-rung"),
        ("de", "Haushaltssperre", "Haus-halts-sperre"),
        ("de", "Handelsstreit", "Han-dels-streit"),
        ("de", "Wirtschaftsstandort", "Wirt-schafts-stand-ort"),
        ("de", "Gefängnisstrafe", "Gefäng-nis-strafe"),
        ("de", "Grundstücksgrenze", "Grund-stücks-grenze"),
        ("de", "Geburtenrückgang", "Gebur-ten-rück-gang"),
        ("de", "Arbeitstage", "Arbeits-tage"),
        ("ta", "திருத்தத்தின்", "திருத்-தத்-தின்"),
        ("ml", "സന്ധിഘട്ടങ്ങളിൽ", "സന്ധി-ഘട്ടങ്ങ-ളിൽ"),
        ("ka", "რევოლუცია", "რევო-ლუ-ცია"),
        ("ms", "mempertanggungjawabkan", "mem-per-tang-gung-ja-wab-kan"),
        ("xx", "Wasserstand", "Wasserstand"),
        ("ar", "المستشفيات", "المستشفيات"),
    ],
)
def test_hyphenates_in_the_language(tag: str, word: str, syllables: str) -> None:
    assert divided(word, tag).replace("-|", "-") == syllables


def test_hyphenates_only_given_words() -> None:
    assert divided("Wasserstand am Wasserwerk", "de", 15) == "Wasserstand|am|Was-|ser-|werk"


def test_hyphenates_between_marks() -> None:
    assert divided("„Wasserwerk“,", "de") == "„Was-|ser-|werk“,"


def test_prefers_the_joints_of_compounds() -> None:
    text = "Planfeststellungsbeschluss"
    places = with_divisions(text, find_breaks(text, "de"), "de", LANGUAGES.of("de").break_words, {0})
    best = min(places[:-1], key=lambda place: place.penalty)
    assert text[: best.end] == "Planfeststellungs"


@pytest.mark.parametrize(
    ("token", "parts"),
    [
        ("#WeSailCOP30Again", "#We|Sail|COP30|Again"),
        ("#BBCNews", "#BBC|News"),
        ("#Paris2024Fähre", "#Paris|2024|Fähre"),
        ("#РазомМиСильніші", "#Разом|Ми|Сильніші"),
        ("#sail_again", "#sail_|again"),
        ("@NightFerryNews", "@Night|Ferry|News"),
        ("#weferry", "#we|f|e|rry"),
        ("www.nightferry.example", "www.|nightferry.|example"),
    ],
)
def test_divides_hashtags_without_a_hyphen(token: str, parts: str) -> None:
    assert divided(token, "en") == parts


def test_divides_word_between_graphemes() -> None:
    text = "e\u0301👩‍👧g"
    assert lines(text, with_grapheme_breaks(text, find_breaks(text, "en")[-1:], "en", starts={0})) == ["e\u0301", "👩‍👧", "g"]


def test_leaves_words_of_languages_without_patterns_whole() -> None:
    places = find_breaks("Wasserstand", "xx")
    assert with_divisions("Wasserstand", places, "xx", NO_BREAK_WORDS, {0}) == places

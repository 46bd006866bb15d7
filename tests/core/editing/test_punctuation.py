"""Tests storycard.editing.punctuation and the quotation pairs behind it."""

import re
from pathlib import Path
from time import process_time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from storycard.editing.punctuation import quoted, typeset, unquoted
from storycard.language.languages import load_languages

LANGUAGES = load_languages(Path(__file__).parents[3] / "assets/languages")
TAGS = [
    "en",
    "de",
    "de-CH",
    "fr",
    "fr-CH",
    "nl",
    "sv",
    "ru",
    "uk",
    "pl",
    "hu",
    "he",
    "ar",
    "ja",
    "uz",
    "tlh",
    "it",
    "tr",
    "haw",
    "cy",
]


@pytest.mark.parametrize(
    ("language", "typed", "printed"),
    [
        ("en", "eat 5 a day, 40 km and 12 GWh away", "eat 5 a day, 40\u00a0km and 12\u00a0GWh away"),
        ("cs", "3 s dětmi za 5 Kč", "3 s dětmi za 5\u00a0Kč"),
        ("en", '"We waited," she said.', "“We waited,” she said."),
        ("en", "\"He said 'no' to me,\" she said.", "“He said ‘no’ to me,” she said."),
        ("en", "'He said \"no\" to me,' she said.", "‘He said “no” to me,’ she said."),
        ("en", "'Dead end', says minister", "‘Dead end’, says minister"),
        ("en", "'The dogs' tails wag,' she said.", "‘The dogs’ tails wag,’ she said."),
        ("en", "It's the dogs' day, isn't it?", "It’s the dogs’ day, isn’t it?"),
        ("en", "'Tis rock 'n' roll from the '90s and the 1980's", "’Tis rock ’n’ roll from the ’90s and the 1980’s"),
        ("en", 'He is 6\'2" and has a 15" screen', "He is 6′2″ and has a 15″ screen"),
        ("en", '"A 15" screen," he said', "“A 15″ screen,” he said"),
        ("en", "The ’90s and the dogs' day", "The ’90s and the dogs’ day"),
        ("en", '"I was 15"', "“I was 15”"),
        ("en", '("No")--"Yes"', "(“No”)—“Yes”"),
        ("en", 'A lone " stays', 'A lone " stays'),
        ("de", "\"Er sagte 'nein' dazu\", sagte sie.", "„Er sagte ‚nein‘ dazu“, sagte sie."),
        ("de", "Wie geht's? 'ne Frage.", "Wie geht’s? ’ne Frage."),
        ("de-CH", '"Nein", sagte er', "«Nein», sagte er"),
        ("de-AT", '"Nein"', "„Nein“"),
        ("fr", 'Il a dit "oui" !', "Il a dit «\u00a0oui\u00a0»\u202f!"),
        ("fr", "« L'heure : 10:30 »", "«\u00a0L’heure\u00a0: 10:30\u00a0»"),
        ("fr", "Pourquoi ? Yahoo!", "Pourquoi\u202f? Yahoo!"),
        ("fr-CH", '"oui"', "«oui»"),
        ("ru", "\"Слово 'в' слове\"", "«Слово „в“ слове»"),
        ("uk", "П'ять політв'язнів", "Пʼять політвʼязнів"),
        ("pl", '"Cytat"', "„Cytat”"),
        ("hu", '"Idézet"', "„Idézet”"),
        ("sv", 'Han sa "nej"', "Han sa ”nej”"),
        ("nl", '\'s Ochtends zei hij "nee"', "’s Ochtends zei hij ‘nee’"),
        ("he", 'צה"ל אמר "כן"', "צה״ל אמר ”כן”"),
        ("ar", 'قال "نعم" ثم', "قال ”نعم“ ثم"),
        ("ja", '彼は"はい"と言った', "彼は「はい」と言った"),
        ("ko", "북한으로...'최인국 월북'을 둘러싼", "북한으로…‘최인국 월북’을 둘러싼"),
        ("uz", "O'zbekiston e'lon", "Oʻzbekiston e’lon"),
        ("ha", "'Yan Shi'a na kan 'fyade' a", "’Yan Shi’a na kan ‘fyade’ a"),
        ("am", "''ቃል\" አለ", "«ቃል» አለ"),
    ],
)
def test_sets_quotation_marks_and_apostrophes(language: str, typed: str, printed: str) -> None:
    assert typeset(typed, LANGUAGES.of(language)) == printed


@pytest.mark.parametrize(
    ("language", "typed", "printed"),
    [
        ("en", "fast--and -- slow", "fast—and — slow"),
        ("en", "An em dash—closed, or — open", "An em dash—closed, or — open"),
        ("de", "schnell -- und leise", "schnell – und leise"),
        ("en", "I was--", "I was—"),
        ("de", "Halle 3 - die Nacht - 2. Teil", "Halle 3 – die Nacht – 2. Teil"),
        ("ru", "ТЭЦ-27 - Северной станции", "ТЭЦ-27 — Северной станции"),
        ("en", "A win by 3 - 1, and then - silence", "A win by 3 - 1, and then — silence"),
        ("de", "3--5 Tore", "3–5 Tore"),
        ("en", "run storycard --help, then ---- stop", "run storycard --help, then ---- stop"),
        ("en", "wait... or wait.... more", "wait… or wait.... more"),
    ],
)
def test_sets_dashes_and_ellipses(language: str, typed: str, printed: str) -> None:
    assert typeset(typed, LANGUAGES.of(language)) == printed


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("50 % of 12 km at 20 °C", "50~% of 12~km at 20~°C"),
        ("2 316 or 1 000 000 people", "2~316 or 1~000~000 people"),
        ("in 2026 150 people", "in 2026 150 people"),
        ("5 kmh, 3 people, 4 trains", "5 kmh, 3 people, 4 trains"),
        ("J. K. Rowling and T. S. Eliot", "J.~K.~Rowling and T.~S.~Eliot"),
        ("see § 5", "see §~5"),
    ],
)
def test_sets_no_break_spaces(typed: str, printed: str) -> None:
    assert typeset(typed, LANGUAGES.of("en")) == printed.replace("~", "\u00a0")


@pytest.mark.parametrize(
    ("language", "text", "printed"),
    [
        ("en", 'She said "no" to me', "She said ‘no’ to me"),
        ("en", "She said “no” to me", "She said ‘no’ to me"),
        ("en", "She said ‘no’ to me", "She said ‘no’ to me"),
        ("en", "“She said ‘no’,” he said", "‘She said “no”,’ he said"),
        ("fr", "Il dit « oui » ou «\u00a0non\u00a0»", "Il dit “oui” ou “non”"),
        ("uk", 'Вона сказала "ні"', "Вона сказала „ні“"),
    ],
)
def test_sets_inner_marks_within_a_quotation(language: str, text: str, printed: str) -> None:
    assert typeset(text, LANGUAGES.of(language), within_quotation=True) == printed


def read_cases() -> list[tuple[str, str, list[str]]]:
    """Reads marks.txt: the language, the typed text and what may be printed, in a row with single spaces."""
    cases, kind = [], ""
    for line in (Path(__file__).parent / "marks.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            kind = line
        elif line and not line.startswith("#"):
            language, _, texts = line.partition(" ")
            typed, _, printed = texts.partition(" → ")
            right = [typed if text == "|t" else text for text in re.split(r" \| ", printed)]
            cases.append(pytest.param(language, typed, right, id=f"{kind} {language} {typed}"))
    return cases


@pytest.mark.parametrize(("language", "typed", "right"), read_cases())
def test_tells_apostrophes_letters_and_measures_from_quotation_marks(language: str, typed: str, right: list[str]) -> None:
    printed = re.sub(r"\s", " ", typeset(typed, LANGUAGES.of(language)))
    assert re.sub("« | »", lambda match: match[0].strip(), printed) in [
        re.sub("« | »", lambda m: m[0].strip(), text) for text in right
    ]


_TYPED = st.text(st.sampled_from("ab Ñя和'\"'\"“”‘’„«»‹›「」.,:;!?-–—…()0159%§\u00a0\u202f"), max_size=30) | st.text()


@given(_TYPED, st.sampled_from(TAGS), st.booleans())
@example("\"'»:", "fr", False)
def test_typeset_is_idempotent(text: str, language: str, within: bool) -> None:
    once = typeset(text, LANGUAGES.of(language), within_quotation=within)
    assert typeset(once, LANGUAGES.of(language), within_quotation=within) == once


@given(_TYPED, st.sampled_from(TAGS), st.booleans())
def test_keeps_letters_and_digits(text: str, language: str, within: bool) -> None:
    def letters(text: str) -> str:
        return "".join(character for character in text if character.isalnum() and character not in "ʻʼ")

    assert letters(typeset(text, LANGUAGES.of(language), within_quotation=within)) == letters(text)


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ('"We waited."', "We waited."),
        ("“We waited.”", "We waited."),
        ("„Wir warteten.“", "Wir warteten."),
        ("»Wir warteten.«", "Wir warteten."),
        ("« On attendait. »", "On attendait."),
        ("”Vi väntade.”", "Vi väntade."),
        ("'We waited.'", "We waited."),
        ("‘I don’t wait.’", "I don’t wait."),
        ("“He is 6’2” tall”", "He is 6’2” tall"),
        ("「待った」", "待った"),
        ("“‘Never’”", "Never"),
        ('"She said "no""', 'She said "no"'),
        ('"No" and "yes"', '"No" and "yes"'),
        ("„Nein“ und „Ja“", "„Nein“ und „Ja“"),
        ("「はい」と「いいえ」", "「はい」と「いいえ」"),
        ("“No,” she said", "“No,” she said"),
        ("We waited.", "We waited."),
        ("", ""),
        ('"', '"'),
    ],
)
def test_unquoted_strips_only_enclosing_marks(text: str, inner: str) -> None:
    assert unquoted(text) == inner


@given(_TYPED)
def test_unquoted_is_idempotent(text: str) -> None:
    assert unquoted(unquoted(text)) == unquoted(text)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "We hung it on a fence.", "“We hung it on a fence.”"),
        ("uk", "Ми збирали місто докупи.", "«Ми збирали місто докупи»."),
        ("ru", "Кто там?", "«Кто там?»"),
        ("ru", "Так и вышло...", "«Так и вышло…»"),
        ("pl", "Nigdy nie zwątpiliśmy.", "„Nigdy nie zwątpiliśmy”."),
        ("fr", "C'est fini.", "«\u00a0C’est fini.\u00a0»"),
    ],
)
def test_places_the_full_stop_of_a_quote_by_language(language: str, text: str, expected: str) -> None:
    assert quoted(text, LANGUAGES.of(language)) == expected


@pytest.mark.parametrize("text", ["《" * 5_000 + "”" * 5_000, "'a " + "5'a" * 3_000, "“" * 5_000 + "a" + "”" * 4_999])
def test_pairs_thousands_of_marks_within_a_tenth_of_a_second(text: str) -> None:
    """An article may have 200 such texts."""
    before = process_time()
    unquoted(text)
    typeset(text, LANGUAGES.of("en"))
    assert process_time() - before < 0.1

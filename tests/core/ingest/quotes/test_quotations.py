"""Tests which speech is attributed to whom and which is left unattributed."""

import pytest

from storycard.article import PullQuote
from storycard.ingest.quotes.quotations import all_quotes, find_spoken_quotes
from storycard.ingest.quotes.quote_blocks import read_quote
from storycard.language.speech_words import SpeechWords
from support.reading import LANGUAGES, read_body

WORDS = LANGUAGES.reading_words


def speech(tag: str = "en") -> SpeechWords:
    return LANGUAGES.speech_words(tag)


@pytest.mark.parametrize(
    ("tag", "paragraph", "quote"),
    [
        (
            "en",
            "“We waited all night for her,” said Ana Ruiz, the mayor.",
            ("We waited all night for her", "Ana Ruiz", "the mayor"),
        ),
        ("en", '"We waited all night for her," Dr. Ana Ruiz said.', ("We waited all night for her", "Dr. Ana Ruiz", "")),
        ("en", "Ana Ruiz said: “We waited all night for her.”", ("We waited all night for her.", "Ana Ruiz", "")),
        ("en", "“Our bread,” Ana Ruiz said, “is baked on the way.”", ("Our bread, is baked on the way.", "Ana Ruiz", "")),
        ("en", "“We waited all night for her.” — Ana Ruiz, mayor", ("We waited all night for her.", "Ana Ruiz", "mayor")),
        ("de", "„Wir haben die ganze Nacht gewartet“, sagte Jan Ott.", ("Wir haben die ganze Nacht gewartet", "Jan Ott", "")),
        ("de", "„Das Brot“, sagte Jan Ott, „backen wir unterwegs.“", ("Das Brot backen wir unterwegs.", "Jan Ott", "")),
        ("fr", "« Nous avons attendu toute la nuit », a dit Luc Petit.", ("Nous avons attendu toute la nuit", "Luc Petit", "")),
        ("fr", "« On a attendu toute la nuit, dit Luc Petit. Rien. »", ("On a attendu toute la nuit", "Luc Petit", "")),
        ("en", "The mayor, Ana Ruiz, said: “We waited all night for her.”", ("We waited all night for her.", "Ana Ruiz", "")),
        ("en", "Jan Ott (45) said: “We waited all night for her.”", ("We waited all night for her.", "Jan Ott", "")),
        ("en", "Jan Ott, 45, a baker, said: “We waited all night for her.”", ("We waited all night for her.", "Jan Ott", "")),
        (
            "de",
            "Kapitän Jan Ott: „Wir haben die ganze Nacht gewartet.“",
            ("Wir haben die ganze Nacht gewartet.", "Jan Ott", "Kapitän"),
        ),
        (
            "es",
            "«Esperamos toda la noche en el muelle», dijo a la prensa el alcalde Juan Ruiz.",
            ("Esperamos toda la noche en el muelle", "Juan Ruiz", "alcalde"),
        ),
        (
            "cs",
            "„Čekali jsme na ni celou noc,“ říká starostka Lenka Bártová.",
            ("Čekali jsme na ni celou noc", "Lenka Bártová", "starostka"),
        ),
        ("sv", "– Vi väntade på henne hela natten, säger Åsa Lind.", ("Vi väntade på henne hela natten", "Åsa Lind", "")),
        ("uk", "«Ми чекали на неї цілу ніч», — сказала Олена Гай.", ("Ми чекали на неї цілу ніч", "Олена Гай", "")),
        (
            "ja",
            "「船が戻るのを一晩中待っていました」と田中花子さんは話した。",
            ("船が戻るのを一晩中待っていました", "田中花子", ""),
        ),
        ("zh", "王小明表示：“我们整个晚上都在等她回来。”", ("我们整个晚上都在等她回来。", "王小明", "")),
    ],
)
def test_finds_speaker_and_role_in_the_sentence(tag: str, paragraph: str, quote: tuple[str, str, str]) -> None:
    assert find_spoken_quotes((paragraph,), speech(tag)) == (PullQuote(*quote),)


@pytest.mark.parametrize(
    ("clause", "role"),
    [
        ("mayor of Leeds", "mayor of Leeds"),
        ("a baker on the ferry", "a baker on the ferry"),
        ("her voice shaking", ""),
        ("who had waited", ""),
        ("while the ferry sailed", ""),
        ("smiling", ""),
        ("and the council agreed", ""),
        ("hands shaking", ""),
        ("tears in her eyes", ""),
        ("the council said", ""),
    ],
)
def test_clause_is_no_role(clause: str, role: str) -> None:
    paragraph = f"“We waited all night for her,” said Ana Ruiz, {clause}."
    assert [quote.role for quote in find_spoken_quotes((paragraph,), speech())] == [role]


def test_second_speaker_is_not_joined_to_the_first() -> None:
    paragraph = "“The pier must be mended before May,” said Ana Ruiz, and Jan Ott shot back, “There is no money for the pier.”"
    quotes = find_spoken_quotes((paragraph,), speech())
    assert quotes == (PullQuote("The pier must be mended before May", "Ana Ruiz"),)


def test_resolves_unambiguous_pronoun() -> None:
    paragraph = "It was late when Ana Ruiz came home. Ruiz opened her bakery. “I had waited half of my life for it,” she said."
    assert find_spoken_quotes((paragraph,), speech()) == (PullQuote("I had waited half of my life for it", "Ana Ruiz"),)
    assert find_spoken_quotes((paragraph.replace("she said", "he said"),), speech()) == ()


@pytest.mark.parametrize(
    ("tag", "paragraphs", "speakers"),
    [
        ("en", ("Maria del Río spoke.", "“We waited all night for the ferry,” del Río shot back."), ["del Río"]),
        (
            "en",
            ("Ana van der Berg spoke.", "“We waited all night for the ferry,” said the mayor van der Berg."),
            ["van der Berg"],
        ),
        ("nl", ("Ana de Jong sprak.", "‘Wij hebben de hele nacht gewacht’, zei De Jong."), ["De Jong"]),
        ("es", ("Ana de la Serna habló.", "“Esperamos toda la noche al barco”, dijo De la Serna."), ["De la Serna"]),
        ("fr", ("« Nous avons attendu toute la nuit », a dit Le Monde.",), []),
        ("en", ("“We waited all night for the ferry,” said Ana Ruiz KC.",), ["Ana Ruiz"]),
        ("de", ("„Wir haben die ganze Nacht gewartet“, teilte Jan Ott am Montag mit.",), ["Jan Ott"]),
        ("de", ("„Wir haben die ganze Nacht gewartet“, sagt Jan Ott und lacht.",), ["Jan Ott"]),
        ("fr", ("« Nous avons attendu toute la nuit », a dit de son côté Luc Petit.",), ["Luc Petit"]),
        ("zh", ("“我们整个晚上都在等她回来。”家住附近的王小明在会上说。",), ["王小明"]),
        ("zh", ("“我们整个晚上都在等她回来。”王小明的律师在会上说。",), []),
        ("ja", ("「船が戻るのを一晩中待っていました」と近くに住む田中花子さん（68）は話した。",), ["田中花子"]),
    ],
)
def test_reads_names_as_longer_texts_have_them(tag: str, paragraphs: tuple[str, ...], speakers: list[str]) -> None:
    assert [quote.speaker for quote in find_spoken_quotes(paragraphs, speech(tag))] == speakers


def test_surname_alone_is_not_given_to_a_relative() -> None:
    said = "“We waited all night for the ferry,” said Ruiz."
    husband = find_spoken_quotes(("Ana Ruiz is a baker.", f"Her husband agreed. {said}"), speech())
    father = find_spoken_quotes(("Councillor Raul Ruiz was there.", "So was Ana Ruiz.", said), speech())
    assert [quote.speaker for quote in (*husband, *father)] == ["Ruiz", "Ruiz"]
    [district, same] = find_spoken_quotes(
        ("„Wir haben die ganze Nacht gewartet“, sagte Bezirksleiterin Anna Ott.", "„Es war sehr kalt in dem Haus“, sagte Ott."),
        speech("de"),
    )
    assert district.speaker == same.speaker == "Anna Ott"


def test_surname_alone_is_read_in_scripts_without_capitals() -> None:
    paragraphs = (
        "وقالت نجلاء حمدان، وهي بائعة خضار: «علينا الآن أن نقطع عشرين كيلومترا».",
        "وأضافت حمدان: «ستعمل العبارة ابتداء من الغد».",
    )
    assert [quote.speaker for quote in find_spoken_quotes(paragraphs, speech("ar"))] == ["نجلاء حمدان"] * 2


@pytest.mark.parametrize(
    "paragraph",
    [
        "Ana Ruiz met Jan Ott. Ruiz and Ott agreed. “We had waited half of our lives for it,” she said.",
        "“We had waited half of our lives for it,” said a spokesman for Amnesty.",
        "The “longest and darkest winter in living memory” is over, said Ana Ruiz.",
        "“We had waited half of our lives for it.”",
        "“We had waited half of our lives for it.” — Jan Ott nodded.",
        "“We had waited half of our lives for it,” said Wigan. In Wigan nobody slept.",
        "Victoria Station: “We had waited half of our lives for it.”",
        "Letter to Ana Ruiz: “We had waited half of our lives for it.”",
    ],
)
def test_leaves_ambiguous_speech_unattributed(paragraph: str) -> None:
    assert not any(quote.speaker in ("Amnesty", "Jan Ott") for quote in find_spoken_quotes((paragraph,), speech()))
    assert paragraph.startswith("The") or not find_spoken_quotes((paragraph,), speech())


def test_attributes_pull_quote_from_the_body_text() -> None:
    said = "“We bake what the island eats, and we bake it on the way there,” said Ana Ruiz."
    body = read_body(f"<p>{said}</p><aside class=pullquote>We bake what the island eats</aside>")
    assert all_quotes([read_quote(block, WORDS) for block in body.pull_quotes], body.paragraphs, speech()) == (
        PullQuote("We bake what the island eats", "Ana Ruiz"),
    )

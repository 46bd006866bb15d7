"""Tests which speech is attributed to whom and which is left unattributed, and how the language of a text is determined."""

import pytest

from storycard.article import PullQuote
from storycard.ingest.html.body import read_body
from storycard.ingest.quotes.attribution import split_source
from storycard.ingest.quotes.quotations import all_quotes, find_spoken_quotes
from storycard.language.article_language import article_language


@pytest.mark.parametrize(
    ("paragraph", "quote"),
    [
        ("“We waited all night for her,” said Ana Ruiz, the mayor.", ("We waited all night for her", "Ana Ruiz", "the mayor")),
        ('"We waited all night for her," Dr. Ana Ruiz said.', ("We waited all night for her", "Dr. Ana Ruiz", "")),
        ("Ana Ruiz said: “We waited all night for her.”", ("We waited all night for her.", "Ana Ruiz", "")),
        ("„Wir haben die ganze Nacht gewartet“, sagte Jan Ott.", ("Wir haben die ganze Nacht gewartet", "Jan Ott", "")),
        ("« Nous avons attendu toute la nuit », a déclaré Luc Petit.", ("Nous avons attendu toute la nuit", "Luc Petit", "")),
        ("– Vi väntade på henne hela natten, säger Åsa Lind.", ("Vi väntade på henne hela natten", "Åsa Lind", "")),
        ("«Ми чекали на неї цілу ніч», — сказала Олена Гай.", ("Ми чекали на неї цілу ніч", "Олена Гай", "")),
        ("「船が戻るのを一晩中待っていました」と田中花子さんは話した。", ("船が戻るのを一晩中待っていました", "田中花子", "")),
        ("王小明表示：“我们整个晚上都在等她回来。”", ("我们整个晚上都在等她回来。", "王小明", "")),
        ("“Our bread,” Ana Ruiz said, “is baked on the way.”", None),
    ],
)
def test_finds_speaker_in_the_sentence(paragraph: str, quote: tuple[str, str, str] | None) -> None:
    found = find_spoken_quotes((paragraph,))
    assert found == ((PullQuote(*quote),) if quote else (PullQuote("Our bread, is baked on the way.", "Ana Ruiz"),))


def test_resolves_unambiguous_pronoun() -> None:
    told = "It was late when Ana Ruiz came home. Ruiz opened her bakery. “I had waited half of my life for it,” she said."
    assert find_spoken_quotes((told,)) == (PullQuote("I had waited half of my life for it", "Ana Ruiz"),)
    assert find_spoken_quotes((told.replace("It was late when", "When"),)) == ()  # "When Ana Ruiz" could be the name


@pytest.mark.parametrize(
    "paragraph",
    [
        "Ana Ruiz met Jan Ott. Ruiz and Ott agreed. “We had waited half of our lives for it,” she said.",
        "“We had waited half of our lives for it,” said a spokesman for Amnesty.",
        "The “longest and darkest winter in living memory” is over, said Ana Ruiz.",
        "“We had waited half of our lives for it.”",
    ],
)
def test_leaves_ambiguous_speech_unattributed(paragraph: str) -> None:
    assert not any(quote.speaker in ("Amnesty", "Jan Ott") for quote in find_spoken_quotes((paragraph,)))
    assert paragraph.startswith("The") or not find_spoken_quotes((paragraph,))


def test_attributes_pull_quote_from_the_body_text() -> None:
    said = "“We bake what the island eats, and we bake it on the way there,” said Ana Ruiz."
    body = read_body(f"<p>{said}</p><aside class=pullquote>We bake what the island eats</aside>")
    assert all_quotes((*body.pull_quotes, *body.block_quotes), body.paragraphs) == (
        PullQuote("We bake what the island eats", "Ana Ruiz"),
    )


@pytest.mark.parametrize(
    "wordless",
    [
        "<script type=application/ld+json>{}</script>",
        "<style>p { color: red }</style>",
        "<button>Share this</button>",
        "<svg><title>Quote</title></svg>",
        "<span aria-hidden=true>“</span>",
        "<p hidden>Copied!</p>",
    ],
)
@pytest.mark.parametrize("quoting", ["blockquote", "figure class=pullquote"])
def test_quote_holds_only_visible_text(quoting: str, wordless: str) -> None:
    body = read_body(
        f"<{quoting}><p>We bake what the island eats</p>{wordless}<cite>Ana Ruiz{wordless}</cite></{quoting.split()[0]}>"
    )
    assert (*body.pull_quotes, *body.block_quotes) == (PullQuote("We bake what the island eats", "Ana Ruiz"),)


def test_quote_keeps_preformatted_text() -> None:
    assert read_body("<blockquote><pre>We bake\nwhat the island eats</pre></blockquote>").block_quotes == (
        PullQuote("We bake what the island eats"),
    )


@pytest.mark.parametrize(
    ("line", "speaker", "role"),
    [
        ("— Ana Ruiz, mayor", "Ana Ruiz", "mayor"),
        ("Martin Luther King, Jr., minister", "Martin Luther King, Jr.", "minister"),
        ("田中花子、市長", "田中花子", "市長"),
        ("", "", ""),
    ],
)
def test_splits_source_into_speaker_and_role(line: str, speaker: str, role: str) -> None:
    source = split_source(line)
    assert (source.speaker, source.role) == (speaker, role)


ENGLISH = (
    "The ferry sails at ten and it is the first of the winter that has been in dock for six years with all of its cabins sold. "
    * 2
)
GERMAN = (
    "Die Fähre fährt um zehn und ist nicht die erste, die der Hafen im Winter mit dem Wind und den Wellen auf das Meer schickt. "
    * 2
)


@pytest.mark.parametrize(
    ("declared", "given", "text", "language"),
    [
        (("en_US",), None, ENGLISH, "en-US"),
        (("en",), None, GERMAN, "de"),
        (("en",), None, "Нічний паром знову в морі після шести зим", "en"),
        (("en",), "uk", "Нічний паром знову в морі після шести зим", "uk"),
        (("en", "ja"), None, "夜のフェリーが再び海へ", "ja"),
        ((), None, "夜のフェリーが再び海へ", "ja"),
        ((), "fr", GERMAN, "de"),
        ((), "fr", "Ferry", "fr"),
        (("no such language",), None, GERMAN, "de"),
        (("gl",), None, "O barco da noite", "gl"),
        ((), None, "Ferry", ""),
    ],
)
def test_text_overrides_an_impossible_declared_language(
    declared: tuple[str, ...], given: str | None, text: str, language: str
) -> None:
    assert article_language(declared, given, text) == language

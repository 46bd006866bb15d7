"""Tests who is named as the source of a quote that is set apart from the text."""

import pytest

from storycard.ingest.plain_text import clean_quote
from storycard.ingest.quotes import quote_blocks
from storycard.ingest.quotes.quote_blocks import QuoteBlock, read_quote
from support.reading import LANGUAGES, read_body

QUOTE = "We bake what the island eats, and we bake it on the way."


@pytest.mark.parametrize(
    ("cite", "speaker", "role"),
    [
        ("Ana Ruiz — ship’s baker", "Ana Ruiz", "ship’s baker"),
        ("Ana Ruiz—ship’s baker", "Ana Ruiz", "ship’s baker"),
        ("— Ana Ruiz – ship’s baker", "Ana Ruiz", "ship’s baker"),
        ("―Ana Ruiz - ship’s baker", "Ana Ruiz", "ship’s baker"),
        ("-- Ana Ruiz -- ship’s baker", "Ana Ruiz", "ship’s baker"),
        ("Ana Ruiz | ship’s baker", "Ana Ruiz", "ship’s baker"),
        ("Ana Ruiz · ship’s baker", "Ana Ruiz", "ship’s baker"),
        ("Ana Ruiz –ship’s baker", "Ana Ruiz", "ship’s baker"),
        ("Ana Ruiz / ship’s baker", "Ana Ruiz", "ship’s baker"),
        ("Ana Ruiz (ship’s baker)", "Ana Ruiz", "ship’s baker"),
        ("Ana-Lena Ruiz-Ott, ship’s co-baker", "Ana-Lena Ruiz-Ott", "ship’s co-baker"),
        ("Ana Ruiz<br>ship’s baker", "Ana Ruiz", "ship’s baker"),
        ("<strong>Ana Ruiz</strong><br/>ship’s baker", "Ana Ruiz", "ship’s baker"),
        ("<b>Ana Ruiz,</b><br>ship’s baker,<br>Harbour Bread", "Ana Ruiz", "ship’s baker, Harbour Bread"),
        ("<span>Ana Ruiz</span><span>ship’s baker</span>", "Ana Ruiz", "ship’s baker"),
        ("<span>Ana Ruiz</span>\n <span>ship’s baker</span>", "Ana Ruiz", "ship’s baker"),
        ("<span><b>Ana</b> <b>Ruiz</b></span><em>ship’s baker</em>", "Ana Ruiz", "ship’s baker"),
        ("<span class=role>ship’s baker</span><span class=name>Ana Ruiz</span>", "Ana Ruiz", "ship’s baker"),
        ("<a href=/ana>Ana Ruiz</a>, ship’s baker", "Ana Ruiz", "ship’s baker"),
        ("<strong>Ana Ruiz</strong> ship’s baker", "Ana Ruiz", "ship’s baker"),
        ("<p>Ana Ruiz</p><p>ship’s baker</p>", "Ana Ruiz", "ship’s baker"),
        ("<div><span>— </span><span>Ana Ruiz</span></div><div>ship’s baker</div>", "Ana Ruiz", "ship’s baker"),
        ("Ana Ruiz, <cite>Bread at Sea</cite>", "Ana Ruiz", "Bread at Sea"),
        ("<em>Ana</em> Ruiz", "Ana Ruiz", ""),
        ("Ana <em>Ruiz</em>, ship’s baker", "Ana Ruiz", "ship’s baker"),
        ("Cornelis van der Meer, Jr., harbour pilot", "Cornelis van der Meer, Jr.", "harbour pilot"),
        ("Cornelis van der Meer Jr. — harbour pilot", "Cornelis van der Meer Jr.", "harbour pilot"),
        ("Ana Ruiz, Ph.D., OBE, chemist", "Ana Ruiz, Ph.D., OBE", "chemist"),
        ("Jan Kolář, CSc., chemik", "Jan Kolář, CSc.", "chemik"),
        ("Ana Ruiz, Midwife", "Ana Ruiz", "Midwife"),
        ("田中花子、市長", "田中花子", "市長"),
        ("منى حداد، معلمة", "منى حداد", "معلمة"),
        ("Ana Ruiz<span hidden>Copy link</span>", "Ana Ruiz", ""),
    ],
)
@pytest.mark.parametrize("tag", ["cite", "footer", "figcaption", "div class=quote-author"])
def test_source_element_holds_name_and_role(tag: str, cite: str, speaker: str, role: str) -> None:
    body = read_body(f"<blockquote><p>{QUOTE}</p><{tag}>{cite}</{tag.split()[0]}></blockquote>")
    quote = read_quote(body.block_quotes[0], LANGUAGES.reading_words)
    assert (quote.text, quote.speaker, quote.role) == (QUOTE, speaker, role)


@pytest.mark.parametrize(
    ("markup", "speaker", "role"),
    [
        (f"<p>“{QUOTE}” – Ana Ruiz</p>", "Ana Ruiz", ""),
        (f"<p>“{QUOTE}” — Ana Ruiz, baker</p>", "Ana Ruiz", "baker"),
        (f"<p>“{QUOTE}”—Ana</p>", "Ana", ""),
        (f"<p>« {QUOTE} » -- Ana Ruiz</p>", "Ana Ruiz", ""),
        (f"<p>{QUOTE} – Ana Ruiz, baker</p>", "Ana Ruiz", "baker"),
        (f"<p>{QUOTE} —Ana van der Ruiz</p>", "Ana van der Ruiz", ""),
        (f"<p>“{QUOTE}” (Ana Ruiz, baker)</p>", "Ana Ruiz", "baker"),
        (f"<p>{QUOTE} (It is hard work)</p>", "", ""),
        (f"<p>“{QUOTE}” (translated)</p>", "", ""),
        (f"“{QUOTE}” <br>Ana Ruiz, baker", "Ana Ruiz", "baker"),
        (f"“{QUOTE}”<br><b>Ana Ruiz</b><br>baker", "Ana Ruiz", "baker"),
        (f"<p>“{QUOTE}”</p><p>Ana Ruiz</p>", "Ana Ruiz", ""),
        (f"<p>{QUOTE}</p><p>Ana Ruiz, baker</p>", "Ana Ruiz", "baker"),
        (f"<p>{QUOTE}</p><p>- Ana Ruiz, baker</p>", "Ana Ruiz", "baker"),
        (f"<p>{QUOTE}<br/>– Ana Ruiz<br/></p>", "Ana Ruiz", ""),
        ("<p>“橋は春まで閉鎖される”—田中花子</p>", "田中花子", ""),
        (f"<p>{QUOTE}<small>— Ana Ruiz</small></p>", "Ana Ruiz", ""),
        (f"<p>{QUOTE}</p>— Ana Ruiz", "Ana Ruiz", ""),
        (f"<p>{QUOTE}</p><p>-Ana Ruiz</p>", "Ana Ruiz", ""),
        (f"<p>{QUOTE}</p><p>~ Ana Ruiz</p>", "Ana Ruiz", ""),
        (f"<p>{QUOTE}</p><p>Ana Ruiz<br>baker</p>", "Ana Ruiz", "baker"),
        (f"<p>{QUOTE}</p><p>— <cite>Ana Ruiz</cite>, baker</p>", "Ana Ruiz", "baker"),
        (f"<p>“{QUOTE}” — <cite>Ana Ruiz</cite></p>", "Ana Ruiz", ""),
        (f"<p>“{QUOTE}” – <cite>Ana Ruiz</cite>, baker</p>", "Ana Ruiz", "baker"),
        (f"<p>{QUOTE}<br><cite>Ana Ruiz</cite><br>baker<br>Sark</p>", "Ana Ruiz", "baker, Sark"),
        (f"<div class=quote-author>Ana Ruiz</div><p>{QUOTE}</p>", "Ana Ruiz", ""),
        (f"<p>{QUOTE}</p><div class=author>Ana Ruiz</div><p>Nobody else will.</p>", "Ana Ruiz", ""),
        (f"<p>{QUOTE}</p><p>Nobody else will.</p>", "", ""),
        (f"<p>{QUOTE}</p><p>Bread</p>", "", ""),
        (f"<p>{QUOTE} And yet – Never</p>", "", ""),
        (f"<p>{QUOTE} – Nobody else does it.</p>", "", ""),
        ("<p>We bake what<br>The Island Eats</p>", "", ""),
        ("<p>We bake – Ana Ruiz and I – what the island eats</p>", "", ""),
    ],
)
def test_last_words_of_a_block_name_the_source(markup: str, speaker: str, role: str) -> None:
    quote = read_quote(read_body(f"<blockquote>{markup}</blockquote>").block_quotes[0], LANGUAGES.reading_words)
    assert (quote.speaker, quote.role) == (speaker, role)
    assert not speaker or not any(part in quote.text for part in ("Ana", "花子", "baker", "—", "–"))


def test_quote_within_a_quote_has_its_own_source() -> None:
    markup = (
        "<blockquote><p>We quote the logbook.</p><blockquote><p>The river decides.</p>"
        "<cite>Old logbook, page 21</cite></blockquote><cite>Ana Ruiz</cite></blockquote>"
    )
    quotes = [read_quote(block, LANGUAGES.reading_words) for block in read_body(markup).block_quotes]
    assert [(quote.text, quote.speaker, quote.role) for quote in quotes] == [
        ("We quote the logbook.", "Ana Ruiz", ""),
        ("The river decides.", "Old logbook", "page 21"),
    ]


def test_lines_of_a_long_quote_are_joined_a_few_times_only(monkeypatch: pytest.MonkeyPatch) -> None:
    lengths: list[int] = []

    def counted(text: str) -> str:
        lengths.append(len(text))
        return clean_quote(text)

    monkeypatch.setattr(quote_blocks, "clean_quote", counted)
    lines = ("Boats sail",) * 2_000
    assert read_quote(QuoteBlock((*lines, "Ida Holm")), LANGUAGES.reading_words).text.count("Boats") == 2_000
    assert sum(lengths) <= 10 * len(" ".join(lines))

"""Tests storycard.editing.selection: the order of bullets and quotes, and the reasons for it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storycard.article import Article, PullQuote
from storycard.editing.selection import bullet_reservations, choices, key_bullets, pull_quotes, quote_reservations
from storycard.editing.text_metrics import columns, overlap
from support.reading import LANGUAGES

ENGLISH = LANGUAGES.of("en")
HEADLINE = "Harbour barriers held through the highest tide in a century"
FACT = "Divers found cracks up to nine metres long in the granite quays."
OTHER = "Rebuilding both quays would cost £86 million and take four winters."


def article(
    bullets: tuple[str, ...] = (), quotes: tuple[PullQuote, ...] = (), pull_line: str = "", headline: str = HEADLINE
) -> Article:
    return Article(id="a", headline=headline, language="en", bullets=bullets, quotes=quotes, pull_line=pull_line)


def test_keeps_the_editors_order() -> None:
    assert key_bullets(article((FACT, OTHER)), ENGLISH) == (FACT, OTHER)
    assert key_bullets(article((OTHER, FACT)), ENGLISH) == (OTHER, FACT)


@pytest.mark.parametrize(
    ("bullet", "reservation"),
    [
        ("Harbour barriers held through the century's highest tide.", "repeats the headline"),
        ("Can the walls be trusted before then?", "asks instead of telling"),
        ("The council's plan has three parts:", "ends in the middle of a sentence"),
        ("and nobody knows who will pay for the walls.", "begins in the middle of a sentence"),
        ("Too short.", "short for a card: 10 columns"),
        (f"{FACT} {OTHER} {FACT} {OTHER}", "long for a card: 265 columns"),
    ],
)
def test_ranks_a_bullet_with_a_reservation_last(bullet: str, reservation: str) -> None:
    assert reservation in bullet_reservations(bullet, article())
    assert key_bullets(article((bullet, FACT)), ENGLISH) == (FACT, bullet)


def test_drops_quotes_without_a_speaker() -> None:
    named = PullQuote("The walls kept me awake.", "Ines Arkwright")
    assert pull_quotes(article(quotes=(PullQuote("The walls kept me awake."), named))) == (named,)


def test_ranks_the_quote_of_the_pull_line_first() -> None:
    plain = PullQuote("Nobody asked what a dry harbour would lean on.", "Ruth Osei")
    lifted = PullQuote(
        "We built a strong door, and we hung it on a garden fence, which is " + "very, " * 40 + "sad.", "Ines Arkwright"
    )
    assert quote_reservations(lifted, article())
    assert pull_quotes(article(quotes=(plain, lifted))) == (plain, lifted)
    assert pull_quotes(article(quotes=(plain, lifted), pull_line="A strong door hung on a garden fence.")) == (lifted, plain)


def test_compares_languages_without_spaces_by_characters() -> None:
    headline = "港の防潮堤が百年で最も高い潮に耐えた"
    repeating, telling = "港の防潮堤は百年で最も高い潮にも耐え抜いた。", "潜水士が岸壁に九メートルの亀裂を見つけたと発表した。"
    assert key_bullets(article((repeating, telling), headline=headline), ENGLISH) == (telling, repeating)


def test_counts_wide_characters_as_two_columns_and_marks_as_none() -> None:
    assert [columns(text) for text in ("quay", "岸壁", "e\u0301", "ক\u09cdষ")] == [4, 4, 1, 2]


@given(st.text(), st.text())
def test_overlap_is_a_share(text: str, other: str) -> None:
    assert 0 <= overlap(text, other) <= 1
    assert overlap(text, text) in (0, 1)


@given(
    st.lists(st.text(min_size=1), max_size=6), st.lists(st.builds(PullQuote, st.text(min_size=1), st.sampled_from(["", "Ines"])))
)
def test_keeps_all_bullets_and_attributed_quotes(bullets: list[str], quotes: list[PullQuote]) -> None:
    chosen = article(tuple(bullets), tuple(quotes))
    assert len(key_bullets(chosen, ENGLISH)) == len(bullets)
    assert len(pull_quotes(chosen)) == sum(bool(quote.speaker) for quote in quotes)


LEAD = "After six winters in dry dock, the night ferry carries bread again."


@pytest.mark.parametrize(
    ("summary", "fact"),
    [
        (f"{LEAD} She sails on Wednesdays.", (LEAD,)),
        (
            "Dr. Ruth Osei and the U.S. Coast Guard opened the sea wall. It leaks.",
            ("Dr. Ruth Osei and the U.S. Coast Guard opened the sea wall.",),
        ),
        ("六年ぶりに夜のフェリーが島へパンを運び始めた。水曜日に出航する。", ("六年ぶりに夜のフェリーが島へパンを運び始めた。",)),
        (
            "छह साल बाद रात की नाव फिर से द्वीप तक रोटी ले जाने लगी। वह बुधवार को चलती है।",
            ("छह साल बाद रात की नाव फिर से द्वीप तक रोटी ले जाने लगी।",),
        ),
        (f"{HEADLINE}. She sails on Wednesdays.", ()),
        ("Too short. She sails on Wednesdays.", ()),
        ("", ()),
    ],
)
def test_uses_the_first_sentence_of_the_summary_without_bullets(summary: str, fact: tuple[str, ...]) -> None:
    bare = replace(article(), summary=summary)
    assert key_bullets(bare, ENGLISH) == fact
    assert choices(bare, ENGLISH, None)["bullet"].startswith("the summary's first sentence" if fact else "no bullets")


def test_explains_the_choices() -> None:
    short, long = PullQuote("We waited.", "Ines"), PullQuote("The walls kept me awake for all of that night.", "Ines Arkwright")

    def explained(chosen: Article, quote: PullQuote | None = long) -> dict[str, str]:
        return choices(chosen, ENGLISH, quote)

    assert explained(article((FACT, OTHER), (long,))) == {"bullet": "the editor's first of 2", "quote": "the only quote"}
    assert explained(article(("Too short.", FACT), (short, long))) == {
        "bullet": "bullet 2 of 2; the first short for a card: 10 columns",
        "quote": "quote 2 of 2; the first short for a card: 10 columns",
    }
    assert explained(article((FACT,), (replace(long, speaker="Ana Ruiz"), long)))["quote"] == (
        "quote 2 of 2; the first does not fit every format"
    )
    assert explained(article((FACT,), (long,), pull_line=long.text))["quote"] == "the editor's pull line comes from it"
    assert explained(article((), (PullQuote("Nobody is named."),)), None) == {
        "bullet": "no bullets, and no summary that stands alone",
        "quote": "no quote has a speaker",
    }


def test_shows_facts_without_list_marks() -> None:
    assert key_bullets(article((f"• {FACT}", f"- {OTHER}")), ENGLISH) == (FACT, OTHER)
    assert key_bullets(replace(article(), summary=f"1. {LEAD} It sank."), ENGLISH) == (LEAD,)
    assert choices(article((f"• {FACT}",)), ENGLISH, None)["bullet"] == "the only bullet"

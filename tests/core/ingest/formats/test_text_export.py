"""Tests that the text export's parts are recognised, also if some are missing or formatted differently."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storycard.article import PullQuote, QuestionAndAnswer
from storycard.errors import ArticleInvalid
from storycard.ingest import read_native
from storycard.ingest.formats import text_export
from storycard.ingest.formats.text_export import Exchange, Export
from support.paths import ROOT
from support.reading import LANGUAGES, read_source

HEADLINE = "Night trains return to the coast after thirty years"
PULL_LINE = "You wake up and the window is full of sea."
DECK = "The first sleeper left on Friday with every berth taken and a waiting list of nine hundred."
LEDE = (
    "There was a time when the fastest way to the coast was to be asleep. The carriages went to scrap, the stations to "
    "the weeds, and a generation learned to drive through the night with the radio on. On Friday the lamps on platform "
    "four were lit again, and the first passengers arrived two hours early to look at the beds."
)
BULLETS = ("Every one of the 212 berths was sold in four minutes.", "The line runs three nights a week until spring.")
SUMMARY = (
    "Night trains run to the coast again for the first time in thirty years. The first of them left on Friday evening, full.",
    "The railway calls it a trial, and will decide in spring whether the beds stay or go back to the museum they came from.",
)
BODY = (
    "Night trains run to the coast again for the first time in thirty years, and the first of them left on Friday evening with "
    "every berth taken. It pulled out at 22:10 under a banner that children of the town had painted.",
    "The carriages were borrowed from a museum. Mechanics spent a winter on the brakes, and a seamstress on the curtains.",
    "In spring the railway will decide whether to go on. Until then, the waiting list grows by thirty names a day.",
)
SPEECH = "You wake up and the window is full of sea. I had forgotten that a journey can end like that."
QUOTES = (
    PullQuote(SPEECH, "Edda Brook", "retired teacher, passenger"),
    PullQuote("We will see what spring says", "Railway statement"),
)
EXCHANGES = (
    Exchange("Editor", "Why did they stop running at all?"),
    Exchange("Correspondent", "Because cheap flights were faster, and nobody counted the hours at the airport."),
    Exchange("Editor", "And what is different now?"),
    Exchange("Correspondent", "People count the hours. And some of them, it turns out, like the dark."),
)
TITLE = "At the kitchen table More on this story"

PARTS = {
    "headline": HEADLINE,
    "deck": f"{PULL_LINE}\n{DECK}",
    "lede": LEDE,
    "bullets": "\n".join(f"  • {bullet}" for bullet in BULLETS),
    "summary": "\n\n".join(SUMMARY),
    "body": "\n\n".join(BODY),
    "quotes": f"{SPEECH}\n— Edda Brook, retired teacher, passenger\nWe will see what spring says\n— Railway statement",
    "conversation": TITLE + "\n" + "\n\n".join(f"{exchange.speaker}\n\n{exchange.text}" for exchange in EXCHANGES),
    "footer": "Contact Us FAQ",
}
WHOLE = Export(
    headline=HEADLINE,
    pull_line=PULL_LINE,
    deck=DECK,
    lede=LEDE,
    bullets=BULLETS,
    summary=SUMMARY,
    body=BODY,
    quotes=QUOTES,
    section_title=TITLE,
    exchanges=EXCHANGES,
)


def parse_export(text: str) -> Export:
    return text_export.parse_export(text, LANGUAGES.reading_words)


def export(**changes: str) -> str:
    """Returns the whole export with parts replaced, or left out if the replacement is empty."""
    return "\n\n".join(part for part in (PARTS | changes).values() if part)


def test_recognises_every_part_and_drops_the_footer() -> None:
    assert parse_export(export()) == WHOLE


def test_builds_article_from_export() -> None:
    article = read_source(export().encode(), "text", article_id="night-trains", language="en")
    assert (article.id, article.language, article.headline) == ("night-trains", "en", HEADLINE)
    assert (article.deck, article.pull_line, article.bullets, article.quotes) == (DECK, PULL_LINE, BULLETS, QUOTES)
    assert article.summary == " ".join(SUMMARY)
    pairs = zip(EXCHANGES[::2], EXCHANGES[1::2], strict=True)
    assert article.questions == tuple(QuestionAndAnswer(asked.text, answered.text) for asked, answered in pairs)


@pytest.mark.parametrize(
    ("old", "new", "count"),
    [
        ("Correspondent", "Edda Brook", 0),
        ("nobody counted", "we never counted", 0),
        ("And what is different now?", "Now it is different.", 1),
    ],
)
def test_interview_is_no_section_of_questions(old: str, new: str, count: int) -> None:
    data = export().replace(old, new).encode()
    assert len(read_source(data, "text", article_id="night-trains", language="en").questions) == count


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"deck": DECK}, {"pull_line": ""}),
        ({"deck": PULL_LINE}, {"deck": ""}),
        ({"deck": f"{PULL_LINE}\n\n\n{DECK}"}, {}),
        ({"deck": ""}, {"pull_line": "", "deck": ""}),
        ({"lede": ""}, {"lede": ""}),
        ({"bullets": ""}, {"bullets": ()}),
        ({"summary": ""}, {"summary": ()}),
        ({"quotes": "", "deck": DECK}, {"quotes": (), "pull_line": ""}),
        ({"conversation": ""}, {"section_title": "", "exchanges": ()}),
        ({"footer": ""}, {}),
        ({"footer": "About us\nCorrections\n© 2026 The Post. All rights reserved."}, {}),
        ({"conversation": PARTS["conversation"].removeprefix(TITLE + "\n")}, {"section_title": ""}),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else None,
)
def test_missing_part_does_not_affect_the_others(changes: dict[str, str], expected: dict[str, object]) -> None:
    parts = {field: getattr(WHOLE, field) for field in WHOLE.__slots__} | expected
    assert parse_export(export(**changes)) == Export(**parts)


@pytest.mark.parametrize("mark", ["•", "-", "*", "–", "‣", "・"])
def test_accepts_any_bullet_mark(mark: str) -> None:
    bullets = "\n\n".join(f"{mark} {bullet}" for bullet in BULLETS)
    assert parse_export(export(bullets=bullets)) == WHOLE


def test_hyphen_list_below_a_paragraph_is_not_attributions() -> None:
    bullets = "\n".join(f"- {bullet}" for bullet in BULLETS)
    assert parse_export(export(lede=f"{LEDE}\n{bullets}", bullets="")) == WHOLE


def test_joins_indented_continuation_of_a_bullet() -> None:
    assert parse_export(export(bullets=PARTS["bullets"].replace(" was sold", "\n    was sold"))).bullets == BULLETS


@pytest.mark.parametrize("dash", ["- ", "– ", "—", "―", "-- ", "  — "])
def test_accepts_any_dash_before_a_speaker(dash: str) -> None:
    assert parse_export(export(quotes=PARTS["quotes"].replace("— ", dash))).quotes == QUOTES


@pytest.mark.parametrize("marks", ['""', "“”", "«»", "„“", "''", "‘’", "「」"])
def test_removes_enclosing_quotation_marks(marks: str) -> None:
    quoted = PARTS["quotes"].replace(SPEECH, f"{marks[0]}{SPEECH}{marks[1]}")
    assert parse_export(export(quotes=quoted)).quotes == QUOTES


def test_finds_quotes_anywhere_below_the_headline() -> None:
    for place in ("deck", "lede", "bullets", "summary", "body", "footer"):
        moved = export(quotes="").replace(PARTS[place], f"{PARTS['quotes']}\n\n{PARTS[place]}")
        assert parse_export(moved).quotes == QUOTES, place
        assert parse_export(moved).body == BODY, place


def test_finds_wrapped_quotes_and_quotes_below_a_paragraph() -> None:
    wrapped = PARTS["quotes"].replace("sea. I had", "sea.\nI had")
    assert parse_export(export(quotes=wrapped)) == WHOLE
    assert parse_export(export(body=f"{PARTS['body']}\n{LEDE}\n{PARTS['quotes']}", quotes="")).quotes == QUOTES


def test_accepts_blank_line_above_the_speaker() -> None:
    assert parse_export(export(quotes=PARTS["quotes"].replace("\n— ", "\n\n— "))).quotes == QUOTES


def test_dialogue_is_not_an_attribution() -> None:
    dialogue = f"{PARTS['body']}\n\n— Is this seat taken?\n\n— It is a bed, he said."
    exported = parse_export(export(body=dialogue))
    assert exported.quotes == QUOTES
    assert exported.body == (*BODY, "— Is this seat taken?", "— It is a bed, he said.")


@pytest.mark.parametrize(
    ("source", "speaker", "role"),
    [
        ("Edda Brook", "Edda Brook", ""),
        ("Edda Brook, teacher, writer", "Edda Brook", "teacher, writer"),
        ("John Brook, Jr., teacher", "John Brook, Jr.", "teacher"),
        ("山田花子、教師", "山田花子", "教師"),
        ("منى حداد، معلمة", "منى حداد", "معلمة"),
    ],
)
def test_speaker_ends_at_the_comma(source: str, speaker: str, role: str) -> None:
    assert parse_export(f"{HEADLINE}\n\n{SPEECH}\n— {source}\n").quotes == (PullQuote(SPEECH, speaker, role),)


def test_single_exchange_needs_a_title() -> None:
    short = TITLE + "\n" + "\n\n".join(f"{exchange.speaker}:\n{exchange.text}" for exchange in EXCHANGES[:2])
    exported = parse_export(export(conversation=short))
    assert (exported.section_title, exported.exchanges, exported.body) == (TITLE, EXCHANGES[:2], BODY)


def test_body_headings_are_not_a_conversation() -> None:
    headed = "\n\n".join(f"Part {number}\n\n{paragraph}" for number, paragraph in enumerate(BODY, start=1))
    assert parse_export(export(body=headed, conversation="")).exchanges == ()
    repeated = "\n\n".join(f"* * *\n\n{paragraph}" for paragraph in BODY)
    assert parse_export(export(body=repeated, conversation="")).exchanges == ()


@pytest.mark.parametrize(
    "change", [lambda t: t.replace("\n", "\r\n"), lambda t: "\n\n" + t.replace("\n\n", "\n \n\n\n"), "\ufeff{}".format]
)
def test_ignores_line_end_style_blank_lines_and_byte_order_mark(change: object) -> None:
    changed = read_source(change(export()).encode(), "text", article_id="a", language="en")
    assert changed == read_source(export().encode(), "text", article_id="a", language="en")


def test_recognises_japanese_export() -> None:
    lede = "三十年前まで、海へ行くいちばん速い方法は眠ることだった。" * 8
    text = f"""夜行列車が三十年ぶりに海岸へ

目を覚ますと、窓いっぱいに海が広がっている。
金曜日の初便は満席で、九百人が空席を待っている。

{lede}

・二百十二の寝台は四分で売り切れた。
・春まで週に三便が運行される。

夜行列車が三十年ぶりに海岸まで走り始めた。初便は金曜の夜に満席で出発した。

夜行列車が三十年ぶりに海岸まで走り始め、初便は金曜の夜に満席で発車した。子どもたちの横断幕が見送った。

春に存続が決まる。

「目を覚ますと、窓いっぱいに海が広がっている。こんな旅を忘れていた」
― 山田花子、元教師
"""
    exported = parse_export(text)
    assert exported.pull_line == "目を覚ますと、窓いっぱいに海が広がっている。"
    assert exported.deck.startswith("金曜日")
    assert exported.lede == lede
    assert exported.bullets == ("二百十二の寝台は四分で売り切れた。", "春まで週に三便が運行される。")
    assert (len(exported.summary), len(exported.body)) == (1, 2)
    assert exported.quotes == (
        PullQuote("目を覚ますと、窓いっぱいに海が広がっている。こんな旅を忘れていた", "山田花子", "元教師"),
    )


@pytest.mark.parametrize(
    ("data", "given", "message"),
    [
        (b"", {}, "body: expected an article, got nothing"),
        (b" \n\n\t", {}, "headline: expected text, got nothing"),
        (b"\xffH", {}, "body: expected text in UTF-8, got byte 0xff at 0"),
        (b"x" * 6_291_557, {}, "body: expected at most 6,291,556 bytes, got 6,291,557"),
        (b"x" * 1_001, {"article_id": "a", "language": "en"}, "headline: expected at most 1,000 characters, got 1001"),
        (b"x", {"language": "en"}, "id: expected a value given beside the text export, which has none, got nothing"),
        (b"x", {"article_id": "a"}, "language: expected a value given beside the text export, which has none, got nothing"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_error_names_the_part(data: bytes, given: dict[str, str], message: str) -> None:
    with pytest.raises(ArticleInvalid) as caught:
        read_source(data, "text", **given)
    assert str(caught.value) == message


@given(
    st.lists(st.sampled_from(["", "", "Word", "A sentence.", LEDE, "• point", "- point", "— Edda, teacher", "“Said.”", "Editor"]))
)
def test_reads_lines_in_any_order_without_inventing_words(lines: list[str]) -> None:
    exported = parse_export("\n".join(["Headline", *lines]))
    assert exported.headline == "Headline"
    spoken = [quote.text for quote in exported.quotes] + [exchange.text for exchange in exported.exchanges]
    text = " ".join(
        [exported.pull_line, exported.deck, exported.lede, *exported.bullets, *exported.summary, *exported.body, *spoken]
    )
    assert set(text.split()) <= set(" ".join(lines).replace("“Said.”", "“Said.” Said.").split())


def test_recognises_the_sample() -> None:
    exported = parse_export((ROOT / "samples" / "harbour-barriers.txt").read_text("utf-8"))
    native = read_native((ROOT / "samples" / "harbour-barriers.json").read_bytes())
    assert (exported.headline, exported.pull_line) == (native.headline, native.pull_line)
    assert (exported.bullets, exported.quotes) == (native.bullets, native.quotes)
    assert (len(exported.summary), len(exported.body), len(exported.exchanges)) == (3, 5, 6)
    assert exported.section_title == "Questions at the quayside What readers wanted to know"


SEED = ROOT.parent / "shared" / "data" / "seed" / "article.txt"


@pytest.mark.skipif(not SEED.exists(), reason="the original article is not beside the repository")
def test_recognises_the_original_article() -> None:
    exported = parse_export(SEED.read_text("utf-8"))
    counts = [len(part) for part in (exported.bullets, exported.summary, exported.body, exported.quotes, exported.exchanges)]
    assert counts == [6, 4, 7, 2, 10]
    assert [(quote.speaker, quote.role) for quote in exported.quotes] == [("Kallas", "EU official"), ("Kremlin statement", "")]
    assert {exchange.speaker for exchange in exported.exchanges} == {"Inventor", "Model"}
    assert exported.section_title.startswith("The Hearth Conversation")
    assert exported.exchanges[-1].text.endswith("sustainable either.")
    assert exported.pull_line.startswith("The negotiations")
    assert exported.deck.startswith("EU leadership signals")
    assert exported.lede.startswith("As the war")

"""Tests which questions of an article's text are read with their answers: those of explainers, not those of interviews."""

import json

import pytest

from storycard.article import Article, QuestionAndAnswer
from support.reading import LANGUAGES, read_source

PAIRS = (
    QuestionAndAnswer("Who pays for the new quays?", "The state pays half. The port pays the rest."),
    QuestionAndAnswer("When does the work begin?", "In May, after the herring season."),
)
LEAD = "<p>The harbour gets new quays, the council has decided after a winter of storms.</p>"
FOOT = "<p>Reporting by Marian Fell.</p>"
[(Q1, A1), (Q2, A2)] = [(pair.question, pair.answer) for pair in PAIRS]
FIRST, SECOND = A1.split(". ")
MARKUP = {
    "headings": f"<h2>{Q1}</h2><p>{FIRST}.</p><p>{SECOND}</p><h2>{Q2}</h2><p>{A2}</p>",
    "headings in bold": f"<h3><strong>{Q1}</strong></h3><p>{A1}</p><h3><b>{Q2}</b></h3><p>{A2}</p>",
    "bold paragraphs": f"<p><strong>{Q1}</strong></p><p>{A1}</p><p><b>{Q2}</b></p><p>{A2}</p>",
    "bold beginnings": f"<p><strong>{Q1}</strong> {A1}</p><p><b>{Q2}</b> {A2}</p>",
    "bold first lines": f"<p><strong>{Q1}</strong><br>{A1}</p><p><b>{Q2}</b><br>{A2}</p>",
    "bold in pieces": f"<p><b>Who <i>pays</i></b> <b>for the new quays?</b></p><p>{A1}</p><p><b>{Q2}</b></p><p>{A2}</p>",
    "definitions": f"<dl><dt>{Q1}</dt><dd>{A1}</dd><dt>{Q2}</dt><dd><p>{A2}</p></dd></dl>",
    "details": f"<details><summary>{Q1}</summary><p>{A1}</p></details><details><summary>{Q2}</summary>{A2}</details>",
    "toggles": f"<div><h4>{Q1}</h4><button></button></div><div><p>{A1}</p></div><div><h4>{Q2}</h4></div><div><p>{A2}</p></div>",
    "labels": f"<p><b>Q: {Q1}</b></p><p>A: {A1}</p><p><b>Q: {Q2}</b></p><p><b>A:</b> {A2}</p>",
    "numbers": f"<h3>1. {Q1}</h3><p>{A1}</p><h3>2. {Q2}</h3><p>{A2}</p>",
    "a heading after": f"<h2>{Q1}</h2><p>{A1}</p><h2>{Q2}</h2><p>{A2}</p><h2>The vote</h2><p>It was close.</p>",
    "a link after": f"<h2>{Q1}</h2><p>{A1}</p><p>Read more: The flood of 1962</p><h2>{Q2}</h2><p>{A2}</p>",
    "quotations": f"<h2>{Q1}</h2><p>{A1}</p><h2>{Q2}</h2><p>{A2}</p><h2>What do they say?</h2><p>“I want my quay,” said Ana.</p>",
    "another voice inside": f"<h2>{Q1}</h2><p>{A1}</p><h2>{Q2}</h2><p>{A2}</p><h2>Is it sure?</h2><p>Ana said “I doubt it”.</p>",
}


def post(markup: str, language: str = "en") -> Article:
    fields = {"id": 1, "status": "publish", "type": "post", "lang": language, "title": {"rendered": "New quays"}}
    return read_source(json.dumps(fields | {"content": {"rendered": markup}}).encode(), "wordpress")


def page(*nodes: dict[str, object], body: str = "") -> Article:
    scripts = "".join(f'<script type="application/ld+json">{json.dumps(node)}</script>' for node in nodes)
    markup = f'<html lang="en"><head>{scripts}</head><body><article>{body}</article></body></html>'
    return read_source(markup.encode(), "jsonld", article_id="quay")


@pytest.mark.parametrize("name", MARKUP)
def test_reads_questions_with_their_answers(name: str) -> None:
    assert post(LEAD + MARKUP[name]).questions[:2] == PAIRS


ALONE = f"<h2>{Q1}</h2><p>{A1}</p>"
SILENT = {
    "one question": ALONE,
    "apart": f"{ALONE}<h2>The vote</h2><p>It was close.</p><h2>{Q2}</h2><p>{A2}</p>",
    "bold line between": f"{ALONE}<p><b>The vote</b></p><p>It was close.</p><h2>{Q2}</h2><p>{A2}</p>",
    "plain": f"<p>{Q1}</p><p>{A1}</p><p>{Q2}</p><p>{A2}</p>",
    "bold inside": f"<p>So, <b>{Q1}</b></p><p>{A1}</p><p>And <b>{Q2}</b></p><p>{A2}</p>",
    "links": f'<h2><a href="/a">{Q1}</a></h2><p>{A1}</p><h2><a href="/b">{Q2}</a></h2><p>{A2}</p>',
    "too short to ask": f"<h2>And now?</h2><p>{A1}</p><h2>Really?</h2><p>{A2}</p>",
    "interview": f"<p><b>{Q1}</b></p><p>I pay half.</p><p><b>{Q2}</b></p><p>{A2}</p>",
    "interview in the plural": f"<p><b>{Q1}</b></p><p>{A1}</p><p><b>{Q2}</b></p><p>We’re waiting for May, with our nets.</p>",
    "quotations": f"<h2>{Q1}</h2><p>“The state pays half.”</p><h2>{Q2}</h2><p>– In May.</p>",
    "speakers": f"<p><b>{Q1}</b></p><p>Ruth Pellow: The state.</p><p><b>{Q2}</b></p><p>Pellow: In May.</p>",
    "asked by somebody": f"<p><b>Harbour Post: {Q1}</b></p><p>{A1}</p><p><b>Harbour Post: {Q2}</b></p><p>{A2}</p>",
    "unfinished": f"<h2>{Q1}</h2><p>Three who pay:</p><ul><li>The state</li><li>The port</li></ul><h2>{Q2}</h2><p>In May:</p>",
}


def test_is_silent_when_in_doubt() -> None:
    assert {name: post(LEAD + markup).questions for name, markup in SILENT.items()} == dict.fromkeys(SILENT, ())


def test_interview_is_known_in_every_language_whose_speech_is() -> None:
    without = [tag for tag in LANGUAGES.speech_files if not LANGUAGES.speech_words(tag).first_person]
    assert without == []


SPOKEN = {
    "de": ("Warum jetzt, Frau Pellow?", "Weil ich nicht warten will.", "Weil das Eis weg ist."),
    "fr": ("Pourquoi maintenant, madame ?", "Parce que j’attends.", "Parce que la glace a fondu."),
    "es": ("¿Por qué ahora, señora?", "Porque me canso de esperar.", "Porque ya no hay hielo."),
    "it": ("Perché proprio adesso?", "Perché m’aspettano a casa.", "Perché il ghiaccio è sparito."),
    "ru": ("Почему именно сейчас?", "Потому что мы устали ждать.", "Потому что лёд растаял."),
    "el": ("Γιατί συμβαίνει τώρα;", "Γιατί εμείς περιμένουμε.", "Γιατί ο πάγος έλιωσε."),
    "ar": ("لماذا يحدث هذا الآن؟", "لأننا ننتظر ونحن متعبون، وهذا رأيي.", "لأن الجليد ذاب."),
    "ja": ("なぜ今なのでしょうか？", "私は待てないからです。", "氷が溶けたからです。"),
    "zh": ("为什么是现在开始的呢？", "因为我等不及了。", "因为冰已经融化。"),
    "ko": ("왜 하필 지금인가요?", "저는 기다릴 수 없습니다.", "얼음이 녹았기 때문입니다."),
    "hi": ("यह अभी क्यों हो रहा है?", "क्योंकि मैं इंतज़ार नहीं कर सकता।", "क्योंकि बर्फ़ पिघल गई है।"),
    "tr": ("Neden tam da şimdi oluyor?", "Çünkü ben beklemek istemiyorum.", "Çünkü buz eridi."),
    "ur": ("یہ ابھی کیوں ہو رہا ہے؟", "کیونکہ ہم انتظار نہیں کر سکتے۔", "کیونکہ برف پانی میں بدل گئی ہے۔"),
}


def test_explainers_are_told_from_interviews_in_other_languages() -> None:
    found = {}
    for language, (question, spoken, explained) in SPOKEN.items():
        sections = [f"<h2>{question}</h2><p>{answer}</p>" * 2 for answer in (spoken, explained)]
        found[language] = [len(post(section, language).questions) for section in sections]
    assert found == {language: [0, 2] for language in SPOKEN}


def test_paragraphs_of_an_answer_are_one_text_with_the_spaces_of_their_script() -> None:
    parts = "<h2>なぜ今なのでしょうか？</h2><p>氷が溶けた。</p><p>船が来る。</p>"
    assert post(parts * 2, "ja").questions[0].answer == "氷が溶けた。船が来る。"


def test_foot_of_the_article_is_no_part_of_the_last_answer() -> None:
    long = "In May, after the herring season, if the ice is gone by then."
    assert post(f"{ALONE}<h2>{Q2}</h2><p>{long}</p>{FOOT}").questions[1:] == (QuestionAndAnswer(Q2, long),)
    assert post(f"{ALONE}<h2>{Q2}</h2><p>In May.</p>{FOOT}").questions == PAIRS[:1]  # which may go on


def test_answer_with_a_list_is_left_out() -> None:
    listed = "<h2>What do they need?</h2><p>They need this.</p><ul><li>A passport.</li><li>A photo.</li></ul>"
    assert post(f"{ALONE}{listed}<h2>{Q2}</h2><p>{A2}</p>").questions == PAIRS


FAQ = {
    "@type": "FAQPage",
    "mainEntity": [
        {
            "@type": "Question",
            "name": "Who &amp; what pays?",
            "acceptedAnswer": {"@type": "Answer", "text": "<p>I do. &quot;All&quot;</p>"},
        },
        {"@type": "Question", "name": "What is needed?", "acceptedAnswer": {"text": "<ul><li>A passport</li></ul>"}},
        {"@type": "Question", "name": "Nobody knows?"},
        {"@id": "#when"},
    ],
}
WHEN = {"@id": "#when", "@type": "Question", "name": "When", "acceptedAnswer": [{"text": "In May."}]}
STORY = {"@type": "NewsArticle", "headline": "New quays", "inLanguage": "en", "mainEntity": FAQ}
MARKED = (QuestionAndAnswer("Who & what pays?", 'I do. "All"'), QuestionAndAnswer("When", "In May."))


@pytest.mark.parametrize(
    "nodes",
    [(STORY, WHEN), ({"@graph": [STORY | {"mainEntity": None}, FAQ, WHEN]},), (FAQ | {"headline": "New quays"}, STORY, WHEN)],
)
def test_reads_the_questions_that_json_ld_marks(nodes: tuple[dict[str, object], ...]) -> None:
    assert page(*nodes, body=MARKUP["headings"]).questions == MARKED


def test_marked_questions_of_a_closed_article_are_withheld() -> None:
    assert page(STORY | {"isAccessibleForFree": False}, WHEN).questions == ()
    part = {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".paid"}
    assert page(STORY | {"hasPart": part}, WHEN).questions == ()

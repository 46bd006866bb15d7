"""Tests question cards: whole and readable in every theme and format, the answer calmer than the question, never cut."""

from dataclasses import replace

import pytest

from storycard.article import Article, QuestionAndAnswer
from storycard.design.assets import Assets
from storycard.design.theme_reader import read_theme
from storycard.errors import CardSkipped
from storycard.layout.card import lay_out
from storycard.layout.scene import Rect, Scene, Text
from storycard.render import render_card, render_set
from support.block_theme import block_theme
from support.card_faults import faults, stray_ink

LONG_QUESTION = (  # 145 and 238 columns, about the most that have cards
    "If the board keeps to its promise of a vote before the spring, who pays for the new quays, and what happens "
    "to the old ones until they come down?"
)
LONG_ANSWER = (
    "The state pays half and the port pays the rest over thirty years, with a levy on every ship longer than a bus. Until then "
    "the old quays stay open to anglers and walkers but closed to lorries, and they are inspected after every storm tide"
)
FORMATS = ("og", "square", "story")
PAIRS = {
    "short": ("en", "Why now?", "It thaws."),
    "long": ("en", LONG_QUESTION, f"{LONG_ANSWER}."),
    "compounds": ("de", "Warum müssen Bauunternehmen ihre Klimaschutzinvestitionen anmelden?", "Weil die Förderung endet."),
    "leftwards": ("ar", "لماذا يحتاج الميناء إلى أرصفة جديدة الآن؟", "لأن الأرصفة القديمة متشققة تحت خط الماء."),
    "unspaced": (
        "ja",
        "なぜ今、港に新しい岸壁が必要なのですか？",
        "古い岸壁は水面下でひびが入っており、船が重くなったためです。",
    ),
    "hanging": ("hi", "बंदरगाह को अब नए घाट की ज़रूरत क्यों है?", "क्योंकि पुराने घाट पानी के नीचे टूट चुके हैं।"),
    "quoted": ("en", "“Dead end” – what does that mean?", "It means that no one is budging, and “no” is all they say."),
}
TOO_LONG_FOR_WIDE = {
    "ta": (
        "nightdesk",
        "துறைமுகத்துக்குப் புதிய சுவர்கள் ஏன் இப்போது தேவைப்படுகின்றன, அவற்றின் செலவை யார் ஏற்கிறார்கள் என்று நகராட்சி கூறுகிறது?",
        "பழைய சுவர்கள் நீருக்கடியில் விரிசல் அடைந்துள்ளன, மாநில அரசு பாதிச் செலவை ஏற்கிறது, மீதியைத் துறைமுகம் முப்பது ஆண்டுகளில் "
        "திருப்பிச் செலுத்தும், அதுவரை பெரிய கப்பல்களுக்குக் கூடுதல் கட்டணம் வசூலிக்கப்படும்",
    ),
}


def article(*pairs: tuple[str, str], language: str = "en") -> Article:
    asked = tuple(QuestionAndAnswer(*pair) for pair in pairs)
    return Article(id="quay", headline="New quays", kicker="Harbour", language=language, questions=asked)


def scene_of(asked: Article, format_name: str, assets: Assets, theme: str | None = None, kind: str = "question-1") -> Scene:
    return lay_out(asked, kind, assets.formats[format_name], assets.render_context(asked, theme), assets.fonts)


def texts_of(scene: Scene) -> tuple[Text, Text]:
    [question] = [text for text in scene.texts if text.role == "question"]
    [answer] = [text for text in scene.texts if text.role == "answer"]
    return question, answer


def test_pairs_are_whole_and_readable_in_every_theme_and_format(assets: Assets) -> None:
    found = []
    for theme in assets.themes.values():
        for card_format in map(assets.formats.__getitem__, FORMATS):
            for name, (language, *pair) in PAIRS.items():
                asked = article(tuple(pair), language=language)
                try:
                    scene = scene_of(asked, card_format.name, assets, theme.name)
                except CardSkipped as skipped:
                    found.append(f"{theme.name} {name} {skipped}")
                    continue
                question, answer = texts_of(scene)
                problems = [*faults(scene, card_format, theme, language, assets), *stray_ink(scene)]
                problems += ["the answer is as loud"] * (answer.font_px > 0.9 * question.font_px)
                problems += ["cut"] * (question.truncated or answer.truncated or answer.text[-1] != pair[1][-1])
                found += [f"{theme.name} {card_format.name} {name}: {problem}" for problem in problems]
    assert found == []


def test_paid_question_is_on_the_plain_card(assets: Assets) -> None:
    paid = replace(article((LONG_QUESTION, f"{LONG_ANSWER}.")), paid=True)
    for card_format in map(assets.formats.__getitem__, FORMATS):
        scene, theme = scene_of(paid, card_format.name, assets), assets.render_context(paid).theme
        assert {text.role for text in scene.texts} == {"label", "question", "answer"}
        assert list(faults(scene, card_format, theme, "en", assets)) == []


def test_questions_have_the_same_numbers_in_all_formats(assets: Assets) -> None:
    found = []
    for language, (theme, question, answer) in TOO_LONG_FOR_WIDE.items():
        short = QuestionAndAnswer(question.split(", ")[0], answer.split(", ")[0])
        asked = article((question, answer), language=language)
        assert texts_of(scene_of(asked, "story", assets, theme)), language
        with pytest.raises(CardSkipped):
            scene_of(asked, "og", assets, theme)
        asked = replace(asked, questions=(*asked.questions, short))
        cards = render_set(asked, assets, ("question",), theme=theme, image_type="png")
        found += [f"{language}: {skipped}" for skipped in cards.skipped]
        found += [f"{language}: {card.file_name}" for card in cards.cards if not card.alt.endswith(short.answer)]
        if [card.file_name for card in cards.cards] != [f"question-1-{name}.png" for name in assets.formats]:
            found.append(f"{language}: {[card.file_name for card in cards.cards]}")
        if render_card(asked, "question-1", "story", assets, theme=theme, image_type="png").alt != cards.cards[0].alt:
            found.append(f"{language}: a single card has another question")
        with pytest.raises(CardSkipped, match="the article has 1 questions that fit every format"):
            render_card(asked, "question-2", "story", assets, theme=theme)
    assert found == []


def test_first_sentence_stands_where_the_whole_answer_does_not_fit(assets: Assets) -> None:
    lead = "The state pays one half and the port pays the other half of it."
    asked = article(("Who pays for the new quays?", f"{lead} " + "Nobody has said what happens if granite gets dearer. " * 8))
    said = {name: texts_of(scene_of(asked, name, assets))[1].text for name in ("og", "square", "story")}
    assert said["og"] == lead
    assert len(said["story"]) > 400


@pytest.mark.parametrize(
    ("kind", "pairs", "reason"),
    [
        ("question-1", (), "the article has 0 questions that fit every format"),
        ("question-2", (("Who pays?", "The state."),), "the article has 1 questions that fit every format"),
        ("question-1", (("ש" * 149 + "?", "W" * 239 + "."),), "the article has 0 questions that fit every format"),
    ],
)
def test_skipped_card_has_a_reason_under_its_own_name(
    kind: str, pairs: tuple[tuple[str, str], ...], reason: str, assets: Assets
) -> None:
    with pytest.raises(CardSkipped) as caught:
        render_card(article(*pairs), kind, "og", assets, theme="nightdesk")
    assert (caught.value.kind, caught.value.format, caught.value.reason) == (kind, "og", reason)


def test_kind_question_lists_all_of_them_and_the_reason_if_there_are_none(assets: Assets) -> None:
    two = render_set(article(("Who pays?", "The state."), ("And when?", "In May.")), assets, ("question",), ("square",))
    assert [card.file_name for card in two.cards] == ["question-1-square.jpg", "question-2-square.jpg"]
    assert [fact.role for fact in two.cards[0].text if fact.role in ("question", "answer")] == ["question", "answer"]
    assert [card.alt for card in two.cards] == ["Who pays? The state.", "And when? In May."]
    [skipped] = render_set(article(), assets, ("question",), ("square",)).skipped
    assert (skipped.kind, skipped.reason) == ("question-1", "the article has 0 questions that fit every format")


def test_theme_without_the_kind_has_all_its_other_cards(assets: Assets) -> None:
    table = {key: value for key, value in assets.theme_tables["broadsheet"].items() if key != "cards"}
    cards = {kind: value for kind, value in assets.theme_tables["broadsheet"]["cards"].items() if kind != "question"}
    old = read_theme("old", table | {"cards": cards}, "old.toml")
    asked = article(("Who pays?", "The state."))
    context = replace(assets.render_context(asked), theme=old)
    assert lay_out(asked, "headline", assets.formats["og"], context, assets.fonts).texts
    with pytest.raises(CardSkipped, match="question-1-og: the theme old has no composition for it"):
        lay_out(asked, "question-1", assets.formats["og"], context, assets.fonts)


def test_roles_look_like_headline_and_bullet_unless_a_theme_has_its_own() -> None:
    usual = block_theme()
    assert (usual.roles["question"], usual.roles["answer"]) == (usual.roles["headline"], usual.roles["bullet"])
    own = block_theme({"roles": {"answer": {"family": "blocks", "leading": 1.5, "px": 30}}})
    assert own.roles["answer"].style.leading == 1.5


def test_right_to_left_card_is_mirrored(assets: Assets) -> None:
    pair = ("Who pays for the quays", "The state pays half of it")
    for theme in assets.themes:
        scene, mirror = (scene_of(article(pair, language=language), "og", assets, theme) for language in ("en", "sd"))

        def mirrored(rect: Rect, width: int = scene.width) -> Rect:
            return Rect(width - rect.right, rect.y, rect.width, rect.height)

        for text, other in zip(texts_of(scene), texts_of(mirror), strict=True):
            assert (other.font_px, other.box.y) == (text.font_px, text.box.y), theme
            assert mirrored(other.box).x == pytest.approx(text.box.x, abs=0.25 * text.font_px), theme

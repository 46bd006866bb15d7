"""Tests initials: a key fact's first letter as high as two lines, in the composition that a theme has for it."""

import pytest

from storycard.article import Article
from storycard.describing.alt_text import alt_text
from storycard.design.assets import Assets
from storycard.design.theme_reader import read_theme
from storycard.errors import AssetInvalid
from storycard.layout.card import lay_out
from storycard.layout.scene import Scene, Text
from storycard.render import render_card
from storycard.text.paragraph import measure
from storycard.toml_reader import merge
from support.card_faults import faults, ink_boxes, stray_ink

FORMATS = ("og", "square", "story")
OPENED = {  # the facts of which the first letter is an initial, and that letter
    "en": ("T", "The five steel gates closed for eleven hours and kept thousands of homes dry while the tide stood high."),
    "en-GB": ("Q", "Quotas for cod fall by half next year, and the boats that fished them stay tied up until the spring."),
    "fr": ("É", "Économiser l’eau restera obligatoire dans tout le département jusqu’à la fin du mois d’octobre."),
    "nl": ("IJ", "IJsselmeerdijken moeten hoger worden, en niemand heeft tot nu toe gezegd wie dat de komende jaren betaalt."),
    "hr": ("Nj", "Njemačka će platiti polovicu troškova, a ostatak će luka vraćati idućih trideset godina iz pristojbi."),
    "uk": ("Д", "Для старих набережних грошей поки немає, хоча інженери попереджали про тріщини ще два роки тому."),
    "el": ("Ό", "Όλοι οι παλιοί λιμενοβραχίονες πρέπει να ξαναχτιστούν, όμως κανείς δεν έχει πει ποιος θα πληρώσει."),
    "vi": ("Đ", "Đường ven biển sẽ đóng cửa cho đến mùa xuân vì sóng đã cuốn trôi ba trăm mét đê và hai cây cầu nhỏ."),
    "hy": ("Ք", "Քաղաքը պետք է վերակառուցի հին պատերը, բայց ոչ ոք դեռ չի ասել, թե ով կվճարի դրա համար առաջիկա տարիներին։"),
    "ff-Adlm": ("𞤖", "𞤖𞤵𞤣𞤵𞤪 𞤸𞤢𞤪𞤭 𞤶𞤮𞥅𞤲𞤭 𞤨𞤵𞤤𞤢𞥄𞤪 𞤬𞤮𞤬 𞤱𞤮𞤲𞤭 𞤸𞤢𞤪𞤭 𞤶𞤮𞥅𞤲𞤭 𞤨𞤵𞤤𞤢𞥄𞤪 𞤬𞤮𞤬 𞤱𞤮𞤲𞤭 𞤸𞤢𞤪𞤭 𞤶𞤮𞥅𞤲𞤭"),
}
CLOSED = {  # and those of which it is not
    "en": "In the harbour, eleven hours passed before the five steel gates were opened and the boats went out again.",
    "fr": "L’eau restera rationnée dans tout le département jusqu’à la fin du mois d’octobre, selon la préfecture.",
    "de": "„Niemand hat uns gefragt“, sagen die Anwohner der alten Kaimauern, die bis zum Frühjahr gesperrt bleiben.",
    "ar": "أغلقت البوابات الفولاذية الخمس إحدى عشرة ساعة وأبقت آلاف المنازل جافة بينما كان المد مرتفعًا في الميناء.",
    "ja": "五つの鋼鉄の水門が十一時間閉じられ、潮が高いあいだ、港のまわりの何千もの家が浸水を免れた。",
    "hi": "पाँच इस्पात के फाटक ग्यारह घंटे बंद रहे और जब ज्वार ऊँचा था तब हज़ारों घर सूखे रहे, बंदरगाह ने बताया।",
}


def article_of(language: str, fact: str) -> Article:
    return Article(id="gates", headline="Gates held", kicker="Harbour", language=language, bullets=(fact,))


def scene_of(language: str, fact: str, format_name: str, assets: Assets) -> Scene:
    article = article_of(language, fact)
    return lay_out(article, "bullet", assets.formats[format_name], assets.render_context(article), assets.fonts)


def texts(scene: Scene, role: str) -> list[Text]:
    return [text for text in scene.texts if text.role == role]


def test_initial_stands_on_the_second_baseline_and_is_as_high_as_two_lines(assets: Assets) -> None:
    wrong = []
    for language, (letter, fact) in OPENED.items():
        for name in FORMATS:
            scene = scene_of(language, fact, name, assets)
            (initial,), (rest,) = texts(scene, "initial"), texts(scene, "bullet")
            theme, first = assets.render_context(article_of(language, fact)).theme, rest.lines[0]
            capitals = assets.fonts.match(theme.roles["bullet"].style.font).cap_height * rest.font_px
            height = initial.lines[0].line.runs[0].font.cap_height * initial.font_px
            edge = initial.box.right - rest.room.right if language == "ff-Adlm" else initial.box.x - rest.room.x
            problems = [*faults(scene, assets.formats[name], theme, language, assets), *stray_ink(scene)]
            problems += ["another letter"] * (initial.text != letter)
            problems += ["off the second baseline"] * (initial.last_baseline != rest.lines[1].baseline)
            problems += ["another height"] * (abs(initial.last_baseline - height - (first.baseline - capitals)) > 1.5)
            problems += [f"{edge} px off the edge"] * (abs(edge) > 1 and language != "ff-Adlm")
            problems += ["too few lines"] * (len(rest.lines) < 3)
            gap = min(
                abs(box.x - initial.box.right) if language != "ff-Adlm" else abs(initial.box.x - box.right)
                for box in ink_boxes(rest)
            )
            problems += [f"a gap of {gap}"] * (gap > 0.5 * rest.font_px)
            wrong += [f"{language} {name}: {problem}" for problem in problems]
    assert wrong == []


def test_sentence_stays_whole_in_the_manifest_and_the_alternative_text(assets: Assets) -> None:
    wrong = []
    for language, (_, fact) in OPENED.items():
        article = article_of(language, fact)
        card = render_card(article, "bullet", "og", assets, image_type="png")
        (lines,) = (each.lines for each in card.text if each.role == "bullet")
        if " ".join(lines) != fact or "initial" in [each.role for each in card.text]:
            wrong.append((language, lines))
        scene = scene_of(language, fact, "og", assets)
        if alt_text(scene, article, assets.render_context(article), 1000) != fact or card.alt != fact:
            wrong.append((language, card.alt))
    assert wrong == []


def test_facts_without_an_initial_have_the_next_composition(assets: Assets) -> None:
    for language, fact in CLOSED.items():
        scene = scene_of(language, fact, "square", assets)
        upright = [rule for rule in scene.rules if rule.rect.height > rule.rect.width]
        assert (texts(scene, "initial"), len(upright)) == ([], 2), language


def test_initial_is_mirrored_in_scripts_from_right_to_left(assets: Assets) -> None:
    letter, fact = OPENED["ff-Adlm"]
    scene = scene_of("ff-Adlm", fact, "og", assets)
    (initial,), (rest,) = texts(scene, "initial"), texts(scene, "bullet")
    beside, below = ink_boxes(rest)[0], ink_boxes(rest)[-1]
    assert initial.text == letter
    assert beside.right < initial.box.x < below.right
    assert initial.box.right == pytest.approx(rest.room.right, abs=1)


def test_line_below_gives_way_to_a_deep_initial(assets: Assets) -> None:
    for language, indented in (("en", 2), ("en-GB", 3)):  # T and Q
        (rest,) = texts(scene_of(language, OPENED[language][1], "square", assets), "bullet")
        start = rest.lines[-1].x
        assert [line.x > start + rest.font_px for line in rest.lines[:4]] == [number < indented for number in range(4)], language


def test_names_stay_whole_beside_an_initial(assets: Assets) -> None:
    fact = "Barriers were closed by Katherine Johansson-Whitfield for 11 hours while the tide outside stood high."
    lines = [line.line.text for name in FORMATS for line in texts(scene_of("en", fact, name, assets), "bullet")[0].lines]
    assert [line for line in lines if line.endswith(("Katherine", " 11"))] == []


def test_text_is_shaped_once_for_each_style_and_not_for_each_size(assets: Assets) -> None:
    measure.cache_clear()
    scene_of("en", OPENED["en"][1], "og", assets)
    assert measure.cache_info().misses <= 8  # the fact in two or three styles, its letter, and the small texts


@pytest.mark.parametrize(
    ("bullet", "message"),
    [
        ({"initial": 2}, "plain.toml: cards.bullet.wide: expected `initial = 0` in the last composition"),
        ({"initial": 7}, r"plain.toml: cards.bullet.wide\[1\].bullet.initial: expected a whole number from 0 to 6, got 7"),
    ],
)
def test_error_names_the_key(bullet: dict[str, int], message: str, assets: Assets) -> None:
    table = assets.theme_tables["broadsheet"]
    first, last = table["cards"]["bullet"]["wide"]
    cards = {"bullet": {"wide": [first, merge(last, {"bullet": bullet})]}}
    with pytest.raises(AssetInvalid, match=message):
        read_theme("plain", merge(table, {"cards": cards}), "plain.toml")


def test_only_a_key_fact_has_an_initial_and_it_can_be_read(assets: Assets) -> None:
    table = assets.theme_tables["broadsheet"]
    for changes, message in (
        ({"cards": {"headline": {"wide": {"headline": {"initial": 2}}}}}, "headline.initial: expected one of box, "),
        ({"roles": {"initial": {"colour": "ground"}}}, r"bullet.initial: expected a contrast of 3:1 with #fbf7ef behind it"),
    ):
        with pytest.raises(AssetInvalid, match=message):
            read_theme("plain", merge(table, changes), "plain.toml")

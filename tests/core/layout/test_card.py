"""Tests storycard.layout.card: every sample article in every kind and format, and texts at the limits."""

import itertools
from dataclasses import replace

import pytest

from storycard.article import Article, PullQuote
from storycard.design.assets import Assets
from storycard.design.formats import load_formats
from storycard.design.kinds import KINDS
from storycard.editing.punctuation import quoted, typeset
from storycard.errors import CardSkipped
from storycard.layout.card import lay_out
from storycard.layout.scene import Rect, Scene, Text
from support.card_faults import apart, faults
from support.paths import ASSETS

OPENED = {
    "en": "“Dead end” for the talks, says the mayor, and nobody on the quay expects them to go on",
    "fr": "« Impasse » pour les pourparlers, dit la maire, et personne sur le quai n’attend plus rien",
    "ja": "「行き止まり」と市長、交渉は続かないとの見方が岸壁に広がり、誰も次を待たない",
}
FORMATS = tuple(load_formats(ASSETS / "formats.toml"))
SAMPLES = ("bergzeitfahren", "harbour-barriers", "nichnyi-orhan")
EXTREMES = {
    "leftwards": {"language": "ar"},
    "shortest": {"headline": "No", "deck": "", "kicker": "", "bullets": ("Yes.",), "quotes": (PullQuote("No.", "Io"),)},
    "longest": {
        "headline": "Every harbour on this coast must be rebuilt, and nobody has said with what money " * 4,
        "deck": "A survey found cracks. " * 20,
        "kicker": "Coast, ports and everything that floats or sinks between them",
        "bullets": ("The quays are cracked from the waterline down, for nine metres, and older than the railway. " * 3,),
        "quotes": (PullQuote("A wall gives no warning.", "Ruth Pellow " * 8, "who leads the survey of the coast " * 12),),
        "brand": "The Very Long Name of a Newspaper",
    },
    "one word": {
        "headline": "W" * 90,
        "kicker": "W" * 60,
        "bullets": ("M" * 90,),
        "quotes": (PullQuote("Oh! " + "m" * 20, "W" * 70, "W" * 70),),
    },
}


def scene_of(article: Article, kind: str, format_name: str, assets: Assets, theme: str | None = None) -> Scene:
    return lay_out(article, kind, assets.formats[format_name], assets.render_context(article, theme), assets.fonts)


def text_of(scene: Scene, role: str) -> Text:
    return next(text for text in scene.texts if text.role == role)


def roles_of(scene: Scene) -> set[str]:
    return {text.role for text in scene.texts}


@pytest.fixture(params=[*SAMPLES, *EXTREMES])
def article(request: pytest.FixtureRequest, samples: dict[str, Article]) -> Article:
    if request.param in SAMPLES:
        return samples[request.param]
    return replace(samples["harbour-barriers"], **EXTREMES[request.param])


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("kind", KINDS)
def test_all_parts_are_visible_and_do_not_overlap(article: Article, kind: str, format_name: str, assets: Assets) -> None:
    scene = scene_of(article, kind, format_name, assets)
    context, card_format = assets.render_context(article), assets.formats[format_name]
    assert list(faults(scene, card_format, context.theme, article.language, assets)) == []


@pytest.mark.parametrize("format_name", FORMATS)
def test_quote_is_whole_and_above_its_source(article: Article, format_name: str, assets: Assets) -> None:
    scene = scene_of(article, "quote", format_name, assets)
    quote, speaker = text_of(scene, "quote"), text_of(scene, "speaker")
    said = {quoted(quote.text, assets.languages.of(article.language)) for quote in article.quotes}
    drawn = [text_of(scene, "mark").text, *(placed.line.text for placed in quote.lines)]
    assert not quote.truncated
    assert "".join("".join(drawn).split()) in {"".join(text.split()) for text in said}
    assert speaker.box.y >= quote.box.bottom


@pytest.mark.parametrize("format_name", FORMATS)
def test_headline_has_all_its_words(article: Article, format_name: str, assets: Assets) -> None:
    headline = text_of(scene_of(article, "headline", format_name, assets), "headline")
    if len(article.headline) < 200:
        assert not headline.truncated
        letters = "".join(placed.line.text.removesuffix("\u00ad-") for placed in headline.lines)
        assert "".join(letters.split()) == "".join(typeset(article.headline, assets.languages.of(article.language)).split())


@pytest.mark.parametrize("headline", ["Ấn", "云", "An"])
def test_letters_above_cap_height_stay_clear_of_the_kicker(headline: str, assets: Assets, samples: dict[str, Article]) -> None:
    scene = scene_of(replace(samples["harbour-barriers"], headline=headline, deck=""), "headline", "square", assets)
    assert text_of(scene, "headline").box.y - text_of(scene, "kicker").box.bottom >= 30


LONG = "“No wall gives a warning”, the survey says of all four quays, which nobody had looked at in thirty dry winters"


@pytest.mark.parametrize("theme", ["nightdesk", "civic"])
@pytest.mark.parametrize("format_name", ["og", "square"])
def test_opening_quotation_mark_hangs_outside_the_text_edge(
    format_name: str, theme: str, assets: Assets, samples: dict[str, Article]
) -> None:
    article = replace(samples["harbour-barriers"], headline=LONG)
    headline = text_of(scene_of(article, "headline", format_name, assets, theme), "headline")
    first, *others = headline.lines
    assert {placed.x for placed in others} == {others[0].x}
    assert first.x < others[0].x - 0.2 * headline.font_px


def test_ornament_stands_on_the_margin(assets: Assets, samples: dict[str, Article]) -> None:
    for language in ("en", "de", "fr", "pl"):
        article = replace(samples["harbour-barriers"], language=language)
        scene = scene_of(article, "quote", "square", assets, "nightdesk")
        *_, composition = assets.themes["nightdesk"].compositions_for("quote", assets.formats["square"])
        assert text_of(scene, "mark").box.x == pytest.approx(composition.parts["mark"].area.x, abs=1), language


def test_mark_on_a_bar_does_not_hang(assets: Assets, samples: dict[str, Article]) -> None:
    article = replace(samples["harbour-barriers"], headline=LONG)
    headline = text_of(scene_of(article, "headline", "square", assets, "bulletin"), "headline")
    assert len({placed.x for placed in headline.lines}) == 1


def test_kicker_is_in_capitals(assets: Assets, samples: dict[str, Article]) -> None:
    assert text_of(scene_of(samples["nichnyi-orhan"], "headline", "og", assets), "kicker").text == "КУЛЬТУРА"


def test_headline_does_not_move_without_kicker_and_date(assets: Assets, samples: dict[str, Article]) -> None:
    full = samples["harbour-barriers"]
    bare = scene_of(replace(full, kicker="", published_at=None), "headline", "og", assets)
    assert roles_of(bare) == {"headline", "name"}
    assert text_of(bare, "headline") == text_of(scene_of(full, "headline", "og", assets), "headline")


def test_bullet_that_fits_is_preferred_to_a_better_one(assets: Assets, samples: dict[str, Article]) -> None:
    long = "The quays are cracked from the waterline down and older than the railway " * 12
    article = replace(samples["harbour-barriers"], bullets=(long, "Four winters?"))
    bullet = text_of(scene_of(article, "bullet", "og", assets), "bullet")
    assert (bullet.text, bullet.truncated) == ("Four winters?", False)


def test_skips_quote_that_does_not_fit_for_the_next(assets: Assets, samples: dict[str, Article]) -> None:
    endless = PullQuote("We waited for the tide and then we waited again. " * 40, "Tom Pellow", "baker")
    short = PullQuote("We waited.", "Ruth Pellow", "baker")
    scene = scene_of(replace(samples["harbour-barriers"], quotes=(endless, short)), "quote", "og", assets)
    assert text_of(scene, "speaker").text == "Ruth Pellow"


@pytest.mark.parametrize(
    ("kind", "change", "reason"),
    [
        ("bullet", {"bullets": (), "summary": ""}, "the article has no bullets"),
        ("bullet", {"bullets": ("We waited and " * 60,)}, "no key fact fits whole, and a key fact is never cut"),
        ("quote", {"quotes": ()}, "the article has no quote with a speaker"),
        ("quote", {"quotes": (PullQuote("A wall gives no warning."),)}, "the article has no quote with a speaker"),
        ("quote", {"quotes": (PullQuote("We waited. " * 400, "Ruth"),)}, "no quote fits whole, and a quote is never cut"),
    ],
)
def test_skipped_card_has_a_reason(
    kind: str, change: dict[str, object], reason: str, assets: Assets, samples: dict[str, Article]
) -> None:
    with pytest.raises(CardSkipped) as caught:
        scene_of(replace(samples["harbour-barriers"], **change), kind, "og", assets)
    assert (caught.value.kind, caught.value.format, caught.value.reason) == (kind, "og", reason)


# Only these have room for a hanging mark. In the others the words move in by the width of the mark, whose mirror image differs.
ROOM_TO_HANG = ("square", "portrait", "tall", "pin")
MIRRORED = [card for card in itertools.product(KINDS, FORMATS) if card[0] != "quote" or card[1] in ROOM_TO_HANG]


@pytest.mark.parametrize(("kind", "format_name"), MIRRORED)
def test_right_to_left_card_is_mirrored(kind: str, format_name: str, assets: Assets) -> None:
    said = (PullQuote("A wall gives no warning before it goes", "Ruth Pellow", "baker"),)
    fields = {"id": "mirror", "kicker": "Floods", "headline": "Gates held", "deck": "The quays did not", "quotes": said}
    fields["bullets"] = ("Five gates closed for eleven hours and kept the town dry",)
    scene = scene_of(Article(language="en", **fields), kind, format_name, assets)
    mirror = scene_of(Article(language="sd", **fields), kind, format_name, assets)  # Sindhi uses English quotation marks

    def mirrored(rect: Rect) -> Rect:
        return Rect(scene.width - rect.right, rect.y, rect.width, rect.height)

    assert [mirrored(rule.rect) for rule in mirror.rules] == [rule.rect for rule in scene.rules]
    assert [mirrored(logo.rect) for logo in mirror.logos] == [logo.rect for logo in scene.logos]
    for text in scene.texts:
        other = text_of(mirror, text.role)
        # Glyphs are not symmetric, and there is no kerning where the direction changes: positions differ by up to a stem.
        assert [placed.line.width for placed in other.lines] == pytest.approx(
            [placed.line.width for placed in text.lines], abs=0.1
        )
        assert mirrored(other.box).x == pytest.approx(text.box.x, abs=0.25 * text.font_px)
        assert (other.font_px, other.box.y) == (text.font_px, text.box.y)


def test_japanese_lines_stay_aligned_beside_hanging_brackets(assets: Assets, samples: dict[str, Article]) -> None:
    said = (PullQuote("汽笛を聞いたら、母が「もう寝なさい」と言った声まで思い出しました", "佐々木洋子"),)
    article = replace(samples["harbour-barriers"], language="ja", quotes=said)
    quote = text_of(scene_of(article, "quote", "portrait", assets, "nightdesk"), "quote")
    edges = [placed.x + 0.05 * quote.font_px for placed in quote.lines if placed.line.text[0] not in "「『"]
    assert edges == pytest.approx([quote.room.x] * len(edges), abs=0.1 * quote.font_px)


def test_words_after_a_hanging_mark_align_with_other_lines(assets: Assets, samples: dict[str, Article]) -> None:
    said = "«\u00a0Nous avons gagné dix ans\u00a0», dit la maire, et " + "nul ne sait ce que l’hiver apportera, " * 3
    article = replace(samples["harbour-barriers"], language="fr", bullets=(said,))
    bullet = text_of(scene_of(article, "bullet", "og", assets, "civic"), "bullet")
    first, *others = bullet.lines
    [run] = first.line.runs
    words = first.x + (run.x + run.glyphs.xs[2]) * bullet.font_px
    assert others
    assert [words] * len(others) == pytest.approx([placed.x for placed in others])


def test_mark_that_opens_a_later_line_does_not_indent_the_text(assets: Assets, samples: dict[str, Article]) -> None:
    said = "Vendanges\u00a0: après un été sans pluie, la vallée attend «\u00a0peu de raisins, mais un grand vin\u00a0»"
    article, opened = replace(samples["harbour-barriers"], language="fr", headline=said), 0
    for format_name in FORMATS:
        scene = scene_of(article, "headline", format_name, assets, "nightdesk")
        headline, kicker = text_of(scene, "headline"), text_of(scene, "kicker")
        first, *others = headline.lines
        opened += any(placed.line.text.startswith("«") for placed in others)
        assert first.x + first.line.ink.left * headline.font_px == pytest.approx(kicker.box.x, abs=0.1 * headline.font_px)
    assert opened


def test_opening_mark_hangs_in_all_formats_or_in_none(assets: Assets, samples: dict[str, Article]) -> None:
    mixed = []
    for language, said in OPENED.items():
        article = replace(samples["harbour-barriers"], language=language, headline=said, bullets=(f"{said}.",))
        for theme, kind in itertools.product(assets.themes, ("headline", "bullet")):
            *_, usual = assets.themes[theme].compositions[kind, "wide"]
            if usual.parts[kind].align != "start" or usual.parts[kind].bar:
                continue
            hung = set()
            for format_name in ("og", "square", "story"):
                text = text_of(scene_of(article, kind, format_name, assets, theme), kind)
                first, *others = (line.x for line in text.lines)
                hung.add(bool(others) and first < min(others) - 0.2 * text.font_px)
            mixed += [f"{language} {theme} {kind}"] * (len(hung) > 1)
    assert mixed == []


@pytest.mark.parametrize("language", ["ja", "fr", "ar"])
@pytest.mark.parametrize("format_name", FORMATS)
def test_hanging_marks_keep_their_distance_from_the_edge(
    format_name: str, language: str, assets: Assets, samples: dict[str, Article]
) -> None:
    article = replace(samples["harbour-barriers"], language=language)
    scene = scene_of(article, "quote", format_name, assets, "nightdesk")
    box = text_of(scene, "quote").box
    assert min(box.x, scene.width - box.right) >= int(0.022 * scene.width)  # the box is rounded out to whole px


@pytest.mark.parametrize("language", ["en", "ar"])
def test_quotation_mark_does_not_touch_the_rule_of_a_bullet(language: str, assets: Assets, samples: dict[str, Article]) -> None:
    said = ("“No wall gives a warning”, the survey says of all four quays",)
    scene = scene_of(replace(samples["harbour-barriers"], language=language, bullets=said), "bullet", "square", assets)
    text = text_of(scene, "bullet")
    assert all(apart(text.box, rule.rect) for rule in scene.rules)


@pytest.mark.parametrize("format_name", FORMATS)
def test_urdu_kaf_keeps_its_distance_from_the_rule_of_a_bullet(
    format_name: str, assets: Assets, samples: dict[str, Article]
) -> None:
    facts = ("کشتی کے کرایوں میں کمی، کارکنوں کا کہنا ہے کہ یہ کافی نہیں، کسانوں کے لیے کچھ نہیں بدلا",)
    scene = scene_of(replace(samples["harbour-barriers"], language="ur", bullets=facts), "bullet", format_name, assets)
    text = text_of(scene, "bullet")
    nearest = min(rule.rect.x for rule in scene.rules if rule.rect.height > rule.rect.width)
    assert nearest - text.box.right >= 20


@pytest.mark.parametrize("format_name", FORMATS)
def test_baselines_are_whole_px_at_equal_distances(format_name: str, assets: Assets, samples: dict[str, Article]) -> None:
    for kind, sample in itertools.product(("headline", "bullet", "quote"), ("harbour-barriers", "nichnyi-orhan")):
        for text in scene_of(samples[sample], kind, format_name, assets).texts:
            baselines = [placed.baseline for placed in text.lines]
            assert all(isinstance(baseline, int) for baseline in baselines)
            assert len({below - above for above, below in itertools.pairwise(baselines)}) <= 1

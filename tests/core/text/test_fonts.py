"""Tests the font files, the fonts chosen for each script, and the reading of font lists."""

import hashlib
import itertools
import tomllib
from pathlib import Path

import pytest

from storycard.article import Article, PullQuote
from storycard.design.assets import Assets, load_assets
from storycard.design.role import SMALL_PX
from storycard.errors import AssetInvalid
from storycard.render import render_set
from storycard.text.fonts.font import Font
from storycard.text.fonts.library import Fallback, FontLibrary
from storycard.text.fonts.reader import load_fonts
from storycard.text.shaping.harfbuzz import shape
from storycard.text.shaping.itemising import EMOJI, font_runs
from storycard.text.style import FontStyle
from support.paths import ASSETS

FONTS = ASSETS / "fonts"
MOST_BYTES = 130_000_000  # leaves room for the core layer and a function below Lambda's limit of 250 MB
SERIF, SANS = "Noto Serif Display", "Inter"

# A few words for each script, and the families that set them in a serif and in a sans theme.
WORDS = [
    ("vi", "Chính phủ Ấn Độ ưỡn", SERIF, SANS),
    ("tr", "İstanbul’da ışık, ağaç, şişe", SERIF, SANS),
    ("yo", "Ọjọ́ ẹ̀kọ́ ṣáájú", SERIF, SANS),
    ("ee", "Ɖevi ƒe agbalẽ ŋutɔ ɣeyiɣi ʋuʋu", SERIF, SANS),
    ("ha", "Ɓarawo, ɗaki, ƙasa, ƴanci", SERIF, SANS),
    ("ga", "Ḃí ċeol, ḋá ḟear, ṁór, ṗáiste, ṡé, ṫír", SERIF, SANS),
    ("uk", "Їжак і ґава", SERIF, SANS),
    ("sr", "Бодеж и ђак", SERIF, "Noto Sans"),
    ("mk", "Ѓурѓа и ќерка", SERIF, "Noto Sans"),
    ("bg", "Ябълка и дъжд", "Bulgarian Display", "Commissioner"),
    ("el", "Ἄνθρωπος, ὦ φίλε, τῇ ᾠδῇ", SERIF, SANS),
    ("ar", "مدينة كبيرة ١٢٣؟", "Noto Naskh Arabic", "Noto Sans Arabic"),
    ("fa", "گچ پژواک ۴۵۶", "Noto Naskh Arabic", "Noto Sans Arabic"),
    ("ur", "بڑی ٹھنڈی ہوا ۴۵۶۔", "Noto Nastaliq Urdu", "Noto Nastaliq Urdu"),
    ("he", "עִיר גדולה", "Frank Ruhl Libre", "Noto Sans Hebrew"),
    ("hi", "बड़ा शहर, क्षत्रिय।", "Noto Serif Devanagari", "Noto Sans Devanagari"),
    ("mr", "मोठे शहर, ऱ्हास", "Noto Serif Devanagari", "Noto Sans Devanagari"),
    ("bn", "বড় শহর ক্ষ", "Noto Serif Bengali", "Noto Sans Bengali"),
    ("gu", "મોટું શહેર", "Noto Serif Gujarati", "Noto Sans Gujarati"),
    ("pa", "ਵੱਡਾ ਸ਼ਹਿਰ", "Noto Serif Gurmukhi", "Noto Sans Gurmukhi"),
    ("or", "ବଡ଼ ସହର", "Noto Sans Oriya", "Noto Sans Oriya"),
    ("ta", "பெரிய நகரம்", "Noto Serif Tamil", "Noto Sans Tamil"),
    ("te", "పెద్ద నగరం", "Noto Serif Telugu", "Noto Sans Telugu"),
    ("kn", "ದೊಡ್ಡ ನಗರ", "Noto Serif Kannada", "Noto Sans Kannada"),
    ("ml", "വലിയ നഗരം", "Noto Serif Malayalam", "Noto Sans Malayalam"),
    ("si", "විශාල නගරය ශ්‍රී", "Noto Serif Sinhala", "Noto Sans Sinhala"),
    ("th", "เมืองใหญ่ที่สุด", "Noto Serif Thai", "Noto Sans Thai Looped"),
    ("lo", "ເມືອງໃຫຍ່", "Noto Serif Lao", "Noto Sans Lao Looped"),
    ("km", "ទីក្រុងធំ", "Noto Serif Khmer", "Noto Sans Khmer"),
    ("my", "မြို့ကြီး", "Noto Serif Myanmar", "Noto Sans Myanmar"),
    ("bo", "གྲོང་ཁྱེར་ཆེན་པོ།", "Noto Serif Tibetan", "Noto Serif Tibetan"),
    ("am", "ትልቅ ከተማ።", "Noto Serif Ethiopic", "Noto Sans Ethiopic"),
    ("ka", "დიდი ქალაქი ᲓᲘᲓᲘ", "Noto Serif Georgian", "Noto Sans Georgian"),
    ("hy", "Մեծ քաղաք և ծով", "Noto Serif Armenian", "Noto Sans Armenian"),
    ("zh-Hans", "“大城市”，骨直", "Noto Serif CJK SC", "Noto Sans CJK SC"),
    ("zh-CN", "骨直", "Noto Serif CJK SC", "Noto Sans CJK SC"),
    ("zh-Hant", "「大城市」，骨直", "Noto Serif CJK TC", "Noto Sans CJK TC"),
    ("zh-TW", "骨直", "Noto Serif CJK TC", "Noto Sans CJK TC"),
    ("zh-Hant-HK", "骨直嘅", "Noto Serif CJK HK", "Noto Sans CJK HK"),
    ("zh-HK", "骨直嘅", "Noto Serif CJK HK", "Noto Sans CJK HK"),
    ("ja", "「大きなカフェー」、骨直。", "Noto Serif CJK JP", "Noto Sans CJK JP"),
    ("ko", "큰 도시, 骨直", "Noto Serif CJK KR", "Noto Sans CJK KR"),
    ("dv", "ބޮޑު ރަށް", "Noto Sans Thaana", "Noto Sans Thaana"),
    ("syr", "ܡܕܝܢܬܐ", "Noto Sans Syriac", "Noto Sans Syriac"),
    ("nqo", "ߛߏ߬ ߓߏ߬", "Noto Sans NKo", "Noto Sans NKo"),
    ("ff-Adlm", "𞤧𞤢𞤪𞤫", "Noto Sans Adlam", "Noto Sans Adlam"),
    ("zgh", "ⵜⴰⵎⴷⵉⵏⵜ", "Noto Sans Tifinagh", "Noto Sans Tifinagh"),
    ("iu", "ᓄᓇᓖᑦ", "Noto Sans Canadian Aboriginal", "Noto Sans Canadian Aboriginal"),
    ("chr", "ᎦᏚᎲ ꮎꮝꭹ", "Noto Sans Cherokee", "Noto Sans Cherokee"),
    ("mn-Mong", "ᠬᠣᠲᠠ", "Noto Sans Mongolian", "Noto Sans Mongolian"),
    ("mni", "ꯁꯍꯔ", "Noto Sans Meetei Mayek", "Noto Sans Meetei Mayek"),
    ("sat", "ᱥᱚᱦᱚᱨ", "Noto Sans Ol Chiki", "Noto Sans Ol Chiki"),
    ("ii", "ꆈꌠꁱꂷ", "Noto Sans Yi", "Noto Sans Yi"),
]
ONE_WEIGHT = {"Noto Sans NKo", "Noto Sans Tifinagh", "Noto Sans Mongolian", "Noto Sans Yi"}  # published in no other weight
REPERTOIRES = [("zh-Hans", "gb2312"), ("zh-TW", "big5"), ("zh-HK", "big5hkscs"), ("ja", "shift_jis_2004"), ("ko", "euc_kr")]


@pytest.fixture(scope="module")
def listed() -> dict:
    return tomllib.loads((FONTS / "fonts.toml").read_text(encoding="utf-8"))


def test_font_files_match_listed_digests(listed: dict) -> None:
    for font in listed["font"]:
        assert hashlib.sha256((FONTS / font["file"]).read_bytes()).hexdigest() == font["sha256"], font["file"]
    assert {font["file"] for font in listed["font"]} == {path.name for path in FONTS.glob("*.tt?")}


def test_fonts_fit_in_lambda() -> None:
    assert sum(path.stat().st_size for path in FONTS.iterdir()) < MOST_BYTES


def test_fallback_families_are_listed(listed: dict) -> None:
    families = {font["family"] for font in listed["font"]}
    for fallback in listed["fallback"]:
        assert {fallback["family"], *fallback.get("instead_of", ())} <= families
    assert families == {fallback["family"] for fallback in listed["fallback"]}


@pytest.mark.parametrize(("family", "faces"), [(SERIF, "400 500i 700 700i"), (SANS, "400 400i 600 700")])
def test_theme_families_have_all_faces(assets: Assets, family: str, faces: str) -> None:
    styles = [font.style for font in assets.fonts.fonts if font.style.family == family]
    assert sorted(f"{style.weight}{'i' * style.italic}" for style in styles) == faces.split()


@pytest.mark.parametrize("weight", [400, 700])
@pytest.mark.parametrize(("language", "text", "serif", "sans"), WORDS, ids=[words[0] for words in WORDS])
def test_sets_script_in_its_own_family(assets: Assets, language: str, text: str, serif: str, sans: str, weight: int) -> None:
    for own, expected in ((SERIF, serif), (SANS, sans)):
        runs = font_runs(text, language, FontStyle(own, weight), assets.fonts)
        letters = [run for run in runs if text[run.start : run.end].strip(" ,.؟?")]
        assert {run.font.style.family for run in letters} <= {expected, own}
        main = max(letters, key=lambda run: run.end - run.start).font.style
        least = max((fallback.least_weight for fallback in assets.fonts.fallbacks if fallback.family == expected), default=1)
        assert (main.family, main.weight) == (expected, 400 if expected in ONE_WEIGHT else max(weight, least))
        assert not any(run.missing for run in runs)
        for run in runs:
            assert all(shape(text, run.start, run.end, font=run.font, script=run.script, rtl=False, language=language).ids)


def test_scripts_with_thin_strokes_are_never_set_in_regular_weight(assets: Assets) -> None:
    for fallback in assets.fonts.fallbacks:
        if fallback.scripts and not {"Latn", "Cyrl", "Grek", "Zsye"} & set(fallback.scripts):
            assert fallback.least_weight == 700
    for language, letter in (("si", "ක"), ("ur", "ک"), ("bo", "ཀ"), ("bn", "ক")):
        [run] = font_runs(letter, language, FontStyle(SANS, 400), assets.fonts)
        assert run.font.style.weight == 700


@pytest.mark.parametrize(
    ("language", "letter", "large", "small"),
    [
        ("ur", "ک", "Noto Nastaliq Urdu", "Noto Naskh Arabic"),
        ("he", "מ", "Frank Ruhl Libre", "Noto Sans Hebrew"),
        ("bn", "এ", "Noto Serif Bengali", "Noto Sans Bengali"),
        ("hi", "ज", "Noto Serif Devanagari", "Noto Serif Devanagari"),
    ],
)
def test_sets_small_text_in_a_font_with_thicker_strokes(
    assets: Assets, language: str, letter: str, large: str, small: str
) -> None:
    role = assets.themes["broadsheet"].roles["quote"]
    for px, expected in ((SMALL_PX, large), (SMALL_PX - 1, small)):
        [run] = font_runs(letter, language, role.style_at(px).font, assets.fonts)
        assert run.font.style.family == expected


@pytest.mark.parametrize(("language", "letters"), [("sr", "б"), ("mk", "б"), ("bg", "вгджзийклптцшщю")])
def test_uses_localised_letter_forms(assets: Assets, language: str, letters: str) -> None:
    for family in {role.style.font.family for theme in assets.themes.values() for role in theme.roles.values()}:
        if family.startswith("Sofia Sans") and letters == "б":
            continue  # its common form is read as well, and no other family is as condensed
        [run] = font_runs(letters, language, FontStyle(family, 700), assets.fonts)
        local, russian = (
            shape(letters, 0, len(letters), font=run.font, script="Cyrl", rtl=False, language=tag).ids for tag in (language, "ru")
        )
        assert all(one != other for one, other in zip(local, russian, strict=True))


def test_only_bulgarian_has_bulgarian_letters(assets: Assets) -> None:
    letters, wrong = "вгджзийклптцшщю", []
    for style in {
        role.style.font for theme in assets.themes.values() for role in theme.roles.values() if not role.style.font.italic
    }:
        for language in ("uk", "be", "sr", "sr-Cyrl-ME", "mk", "kk", "mn", "tg", "UK-ua", "en", "und"):
            for run in font_runs(letters, language, style, assets.fonts):
                local, russian = (
                    shape(letters, run.start, run.end, font=run.font, script="Cyrl", rtl=False, language=tag).ids
                    for tag in (language, "ru")
                )
                if local != russian:
                    wrong.append((style, language))
    assert wrong == []


def test_serbian_and_tamil_are_in_the_voice_of_the_theme(assets: Assets) -> None:
    """Serbian is in the theme's own fonts; Tamil, which these lack, in one of their genre, and bold."""
    wrong = []
    for theme, name in itertools.product(assets.themes.values(), ("headline", "bullet", "figure", "quote", "answer")):
        style = theme.roles[name].style.font
        (serbian,) = font_runs("Брана је издржала највишу плиму", "sr", style, assets.fonts)
        (tamil,) = font_runs("தடுப்புகள் தாங்கின", "ta", style, assets.fonts)
        is_small_type = style.family == "Inter"  # which has no Serbian forms
        if serbian.font is not assets.fonts.match(style) and not is_small_type:
            wrong.append((theme.name, name, serbian.font.style))
        if tamil.font.style != FontStyle("Noto Serif Tamil" if "Serif" in style.family else "Noto Sans Tamil", 700):
            wrong.append((theme.name, name, tamil.font.style))
    assert wrong == []


@pytest.mark.parametrize(("language", "encoding"), REPERTOIRES)
def test_han_fonts_cover_national_standards(assets: Assets, language: str, encoding: str) -> None:
    letters = "".join(
        bytes([lead, trail]).decode(encoding, "ignore") for lead in range(0x81, 0xFF) for trail in range(0x40, 0xFF)
    )
    wanted = {letter for letter in letters if "\u3041" <= letter <= "\u9fff" or "\uac00" <= letter <= "\ud7a3"}
    for family in (SERIF, SANS):
        font = assets.fonts.fallback_fonts(FontStyle(family), "Hani", language)[0]
        assert not {letter for letter in wanted if not font.glyph_id(letter)}
    if language == "ko":
        assert all(font.glyph_id(chr(syllable)) for syllable in range(0xAC00, 0xD7A4))


@pytest.mark.parametrize("emoji", ["🇺🇦", "👩‍👩‍👧‍👦", "👋🏽", "☝🏿", "1️⃣", "❤️", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "👩🏽‍🚀", "🏳️‍🌈", "🫪"])
def test_emoji_sequence_is_one_colour_glyph(assets: Assets, emoji: str) -> None:
    text = f"a {emoji} b"
    for family in {role.style.font.family for theme in assets.themes.values() for role in theme.roles.values()}:
        [run] = [run for run in font_runs(text, "en", FontStyle(family, 700), assets.fonts) if run.script == EMOJI]
        assert (text[run.start : run.end], run.missing) == (emoji, 0)
        assert run.font.has_colours
        shaped = shape(text, run.start, run.end, font=run.font, script=EMOJI, rtl=False, language="en")
        assert [bool(glyph) for glyph, advance in zip(shaped.ids, shaped.advances, strict=True) if advance] == [True]


@pytest.mark.parametrize(
    "signs", ["→ ← ↑ ↓", "€ £ ₹ ₺ ₽ ₴ ₦ ₵ ₪ ₫ ₱ ₩ ₸ ₼ ₾ ₿ ฿ ៛ ৳", "± × ÷ ≈ ≠ ≤ ≥ √ ∑ ∞ ∈", "✓ ✗ ★ ☎ ✈ ♪ ❧", "𝐀 ½ ⅓ ① ㎡ Ａ"]
)
def test_symbols_have_glyphs(assets: Assets, signs: str) -> None:
    for family in (SERIF, SANS):
        assert sum(run.missing for run in font_runs(signs, "en", FontStyle(family, 700), assets.fonts)) == 0


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "Up → down"), ("en", "Aꟗa"), ("bg", "Град: дъжд"), ("th", "เมือง “ใหญ่” ที่สุด"), ("zh-Hans", "城☎市")],
)
def test_fallback_for_one_character_leaves_font_of_rest(assets: Assets, language: str, text: str) -> None:
    runs = font_runs(text, language, FontStyle(SERIF, 700), assets.fonts)
    rest = {run.font for run in runs if text[run.start : run.end].strip(" →:“”☎ꟗ")}
    assert len(rest) == 1


def test_loading_library_opens_no_font() -> None:
    assert not opened(load_fonts(FONTS))


def test_latin_card_opens_only_fonts_of_theme() -> None:
    assets = load_assets(FONTS.parent)
    article = Article(
        id="quay",
        headline="Quay wall “holds” after 12 storms – at €4.2m a year",
        language="en",
        bullets=("Engineers checked 300 m of wall in one night.",),
        quotes=(PullQuote("We slept well for once.", "A neighbour"),),
    )
    render_set(article, assets, formats=("square",))
    families = {role.style.font.family for role in assets.themes["broadsheet"].roles.values()}
    assert opened(assets.fonts) == families


def opened(fonts: FontLibrary) -> set[str]:
    """Returns the families of the fonts that are mapped into memory."""
    return {font.style.family for font in fonts.fonts if "hb_font" in vars(font)}


def test_tries_fallbacks_of_same_genre_first() -> None:
    genres = {"Grotesque": "sans", "Any": "", "Roman": "serif", "Slab": "serif"}
    fonts = tuple(Font(Path(f"{family}.ttf"), FontStyle(family)) for family in genres)
    library = FontLibrary(fonts, tuple(Fallback(family, genre=genre) for family, genre in genres.items()), "")
    assert [font.style.family for font in library.fallback_fonts(FontStyle("Slab"), "Grek", "el")] == [
        "Any",
        "Roman",
        "Grotesque",
    ]
    assert [font.style.family for font in library.fallback_fonts(FontStyle("Any"), "Grek", "el")] == [
        "Grotesque",
        "Roman",
        "Slab",
    ]


def test_reads_additional_font_list(tmp_path: Path) -> None:
    (tmp_path / "fonts.toml").write_bytes((FONTS / "fonts.toml").read_bytes())
    before = load_fonts(tmp_path)
    row = '{ family = "Harbour Slab", weight = 700, file = "HarbourSlab-Bold.ttf", sha256 = "0123" }'
    (tmp_path / "harbour-post.toml").write_text(f"font = [{row}]\n", "utf-8")
    library = load_fonts(tmp_path)
    assert library.match(FontStyle("Harbour Slab", 400)).path == tmp_path / "HarbourSlab-Bold.ttf"
    assert library.fallbacks == before.fallbacks
    assert library.digest != before.digest


def test_error_names_list_and_row(tmp_path: Path) -> None:
    (tmp_path / "fonts.toml").write_bytes((FONTS / "fonts.toml").read_bytes())
    (tmp_path / "harbour-post.toml").write_text('font = [{ family = "Harbour Slab" }]\n', "utf-8")
    with pytest.raises(AssetInvalid, match=r"^harbour-post.toml: font\[0\].file: expected a file name, got nothing$"):
        load_fonts(tmp_path)


@pytest.mark.parametrize("data", [b"", b"OTTO", b"<svg/>", b"wOF2" + bytes(60)])
def test_rejects_file_that_is_not_a_font(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "own.ttf").write_bytes(data)
    with pytest.raises(AssetInvalid, match=r"^own.ttf: expected an OpenType font, got a file without glyphs$"):
        _ = Font(tmp_path / "own.ttf", FontStyle("Own")).hb_font

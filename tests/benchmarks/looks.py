"""Measures how full cards are and how different themes look, without photographs; draws contact sheets into out/looks.

squint.png has one row a theme, of square cards 100 px wide in grey: themes and kinds must be told apart by their structure.

`make looks` renders short, medium and long articles in every theme, format and kind, and lays them out in three dense scripts.
For each card it takes the share of the content area that the box around all ink of the main text takes. worst.md lists the cards
that are furthest from the rule. For each pair of themes it takes how much the masks of their main texts overlap (intersection
by union), at the best of the shifts of up to 8 % of the width.
"""

import itertools
import statistics
from collections import defaultdict
from pathlib import Path

from PIL import Image, ImageChops

from storycard.article import Article, PullQuote, QuestionAndAnswer
from storycard.design.assets import Assets, load_assets
from storycard.design.kinds import KINDS
from storycard.layout.card import lay_out
from storycard.layout.scene import Scene
from storycard.painting.glyph_raster import rasterize
from storycard.painting.logo_files import logo_drawer
from storycard.painting.rgb import paint
from support.paths import ASSETS

OUT = Path("out/looks")
Texts = tuple[str, str, str]
TEXTS: dict[str, dict[str, Texts]] = {
    "en": {
        "short": ("Rates rise", "Twelve dead", "We had no choice."),
        "medium": (
            "Harbour barriers held through the highest tide in a century, but the old quays must be rebuilt",
            "The five steel gates closed for eleven hours and kept 4,200 homes dry while the tide stood high.",
            "We built the strongest door in the country and hung it on a garden fence.",
        ),
        "long": (
            "Ministers were warned three times that the school roofs could fail, and three times moved the repair money to other "
            "budgets, papers show",
            "Talks over the island have effectively collapsed, with the leadership openly declaring the negotiations a dead end, "
            "a rare admission that carries weight across the region.",
            "We built the strongest door in the country and hung it on a garden fence. The gates did everything we asked of "
            "them; it was the walls that kept me awake.",
        ),
    },
    "ja": {
        "short": ("金利上昇", "死者十二人", "選択肢はなかった。"),
        "medium": (
            "防波堤は百年に一度の高潮に耐えたが、古い岸壁は再建が必要に",
            "五つの鋼鉄の門が十一時間閉じられ、高潮の間も街の家々は浸水を免れた。",
            "国で最も頑丈な扉を作り、庭の柵に取り付けたようなものです。",
        ),
        "long": (
            "閣僚は校舎の屋根が落ちる恐れを三度警告され、三度とも修繕費を別の予算に回していたことが内部文書で明らかに",
            "島をめぐる協議は事実上決裂し、指導部は交渉の行き詰まりを公に認めた。地域全体に影響を及ぼす異例の発言だ。",
            "国で最も頑丈な扉を作り、庭の柵に取り付けたようなものです。夜も眠れなかったのは壁のせいです。",
        ),
    },
    "ko": {
        "short": ("금리 인상", "열두 명 사망", "선택의 여지가 없었다."),
        "medium": (
            "방벽이 백 년 만의 최고 조위를 견뎌 냈지만 낡은 부두는 다시 지어야 한다",
            "강철 수문 다섯 개가 열한 시간 동안 닫혀 조위가 높은 동안에도 집들이 물에 잠기지 않았다.",
            "우리는 나라에서 가장 튼튼한 문을 만들어 정원 울타리에 달았다.",
        ),
        "long": (
            "장관들은 학교 지붕이 무너질 수 있다는 경고를 세 번 받고도 세 번 모두 수리비를 다른 예산으로 돌린 것으로 드러났다",
            "섬을 둘러싼 협상은 사실상 결렬되었고 지도부는 교섭이 막다른 길에 이르렀다고 공개적으로 밝혔다. "
            "지역 전체에 무게를 갖는 드문 인정이다.",
            "우리는 나라에서 가장 튼튼한 문을 만들어 정원 울타리에 달았다. 나를 잠 못 들게 한 것은 벽이었다.",
        ),
    },
    "zh": {
        "short": ("利率上升", "十二人死亡", "我们别无选择。"),
        "medium": (
            "防波堤经受住百年一遇的高潮考验，但旧码头必须重建",
            "五座钢闸关闭了十一个小时，高潮期间四千多户人家免遭水淹。",
            "我们造了全国最坚固的门，却把它挂在花园的栅栏上。",
        ),
        "long": (
            "文件显示，部长们三次接到校舍屋顶可能坍塌的警告，却三次把维修经费挪作其他预算之用",
            "围绕该岛的会谈实际上已经破裂，领导层公开承认谈判陷入僵局，这一罕见表态在整个地区都有分量。",
            "我们造了全国最坚固的门，却把它挂在花园的栅栏上。闸门完成了我们要求的一切，让我夜不能寐的是那些围墙。",
        ),
    },
}
MAIN = {
    "headline": ("headline",),
    "bullet": ("bullet", "initial", "figure", "unit", "rest"),
    "quote": ("quote", "speaker", "speaker_role"),
}
FIGURE = "3 in 10 flats built since the barrier opened stand empty, the city's own count shows."
QUESTION = QuestionAndAnswer(
    "Who pays for the old quays?", "The city pays first, and the harbour board pays back two thirds over ten years."
)
LOW, HIGH = 0.42, 0.80  # of the content area
WORST = 10
SHIFTS = (-0.08, -0.04, 0.0, 0.04, 0.08)  # of the width
MASK_PX = 120  # wide


def main() -> None:
    assets = load_assets(ASSETS)
    OUT.mkdir(parents=True, exist_ok=True)
    fills: dict[tuple[str, str], list[float]] = defaultdict(list)
    found: list[tuple[float, str]] = []
    masks: dict[tuple[str, str, str], dict[str, Image.Image]] = defaultdict(dict)
    for theme in assets.themes:
        thumbnails = []
        for language, length, kind, name in itertools.product(TEXTS, TEXTS["en"], KINDS, assets.formats):
            scene = scene_of(TEXTS[language][length], kind, name, theme, assets, language)
            share = filled(scene, kind, assets.formats[name].safe.top + assets.formats[name].safe.bottom)
            fills[theme, language].append(share)
            found.append((share, f"{theme} {kind} {name}, {length} {language}"))
            if language != "en":
                continue
            masks[length, kind, name][theme] = mask_of(scene, kind)
            picture = paint(scene, logo_drawer(assets.logo_folder)).image
            thumbnails.append(picture.resize((200, round(200 * picture.height / picture.width)), Image.Resampling.LANCZOS))
        sheet(thumbnails, len(assets.formats)).save(OUT / f"{theme}.png")
    squint(assets).save(OUT / "squint.png")
    print(f"{'':15}{'median':>8}{f'{LOW} to {HIGH}':>14}{'below':>8}{'above':>8}")
    for (theme, language), shares in fills.items():
        print_fill(f"{theme} {language}", shares)
    for language in TEXTS:
        print_fill(f"all {language}", [share for (_, other), shares in fills.items() if other == language for share in shares])
    found.sort(key=lambda item: max(LOW - item[0], item[0] - HIGH), reverse=True)
    rows = [f"{share:.2f} {card}" for share, card in found[:WORST]]
    (OUT / "worst.md").write_text("# The cards furthest from the rule of fill\n\n" + "".join(f"- {row}\n" for row in rows))
    print("furthest from it:", *rows, sep="\n  ")
    overlaps = {
        pair: statistics.mean(overlap(by_theme[pair[0]], by_theme[pair[1]]) for by_theme in masks.values())
        for pair in itertools.combinations(assets.themes, 2)
    }
    worst = max(overlaps, key=overlaps.__getitem__)
    print(
        f"overlap of main texts: mean {statistics.mean(overlaps.values()):.2f}, most {overlaps[worst]:.2f} ({', '.join(worst)})"
    )


def print_fill(name: str, shares: list[float]) -> None:
    below, above = sum(share < LOW for share in shares), sum(share > HIGH for share in shares)
    print(f"{name:15}{statistics.median(shares):8.2f}{100 * (1 - (below + above) / len(shares)):12.0f} %{below:8}{above:8}")


def squint(assets: Assets) -> Image.Image:
    """Returns square cards of every kind, short, medium and long, in grey and 100 px wide: one row a theme."""
    headline, _, quote = TEXTS["en"]["medium"]
    shown = [(texts, kind) for texts in TEXTS["en"].values() for kind in KINDS] + [
        ((headline, FIGURE, quote), "bullet"),
        (TEXTS["en"]["medium"], "question-1"),
    ]
    scenes = [scene_of(texts, kind, "square", theme, assets) for theme in assets.themes for texts, kind in shown]
    pictures = [paint(scene, logo_drawer(assets.logo_folder)).image.convert("L").resize((100, 100)) for scene in scenes]
    return sheet(pictures, len(shown))


def scene_of(texts: Texts, kind: str, format_name: str, theme: str, assets: Assets, language: str = "en") -> Scene:
    headline, bullet, quote = texts
    said = (PullQuote(quote, "Ines Arkwright", "harbour master"),)
    article = Article(
        id="a", language=language, kicker="Floods", headline=headline, bullets=(bullet,), quotes=said, questions=(QUESTION,)
    )
    return lay_out(article, kind, assets.formats[format_name], assets.render_context(article, theme), assets.fonts)


def filled(scene: Scene, kind: str, covered: int) -> float:
    """Returns the share of the content area, within margins of 5.5 % of the width, that the main text's box takes."""
    margin = 0.055 * scene.width
    area = (scene.width - 2 * margin) * (scene.height - covered - 2 * margin * (covered == 0))
    boxes = [text.box for text in scene.texts if text.role in MAIN[kind]]
    left, right = min(box.x for box in boxes), max(box.right for box in boxes)
    top, bottom = min(box.y for box in boxes), max(box.bottom for box in boxes)
    return (right - left) * (bottom - top) / area


def mask_of(scene: Scene, kind: str) -> Image.Image:
    """Returns the mask of the main text's letters, blurred to what is seen at a glance."""
    mask = Image.new("L", (scene.width, scene.height))
    for text in scene.texts:
        if text.role in MAIN[kind] and (letters := rasterize(text.lines, text.font_px)):
            mask.paste(letters.mask, letters.box[:2])
    small = mask.reduce(max(1, scene.width // MASK_PX))
    return small.point([255 * (value > 40) for value in range(256)])


def overlap(one: Image.Image, other: Image.Image) -> float:
    """Returns the greatest intersection by union of two masks, at any of SHIFTS in both directions."""
    best = 0.0
    for x, y in itertools.product(SHIFTS, SHIFTS):
        moved = ImageChops.offset(other, round(x * other.width), round(y * other.width))
        both, either = ImageChops.darker(one, moved).histogram()[255], ImageChops.lighter(one, moved).histogram()[255]
        best = max(best, both / either if either else 0.0)
    return best


def sheet(pictures: list[Image.Image], columns: int) -> Image.Image:
    rows = [pictures[start : start + columns] for start in range(0, len(pictures), columns)]
    width, height = (max(getattr(picture, side) for picture in pictures) + 8 for side in ("width", "height"))
    whole = Image.new("RGB", (width * columns, height * len(rows)), "#808080")
    for y, row in enumerate(rows):
        for x, picture in enumerate(row):
            whole.paste(picture, (width * x, height * y))
    return whole


if __name__ == "__main__":
    main()

"""Articles of all lengths in four languages, and what is measured on their cards: how full they are, and how alike they look."""

import itertools

from PIL import Image, ImageChops, ImageFilter, ImageOps, ImageStat

from storycard.article import Article, PullQuote, QuestionAndAnswer
from storycard.design.assets import Assets
from storycard.layout.card import lay_out
from storycard.layout.scene import Scene
from storycard.painting.glyph_raster import rasterize
from storycard.painting.logo_files import logo_drawer
from storycard.painting.rgb import paint

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
SHIFTS = (-0.08, -0.04, 0.0, 0.04, 0.08)  # of the width
MASK_PX = 120  # wide
SQUINT_PX, BLUR = 100, 2  # of a card that is looked at with half-closed eyes


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


def squint(scene: Scene, assets: Assets) -> Image.Image:
    """Returns a card as half-closed eyes see it: 100 px, grey and blurred, from black to white."""
    grey = (
        paint(scene, logo_drawer(assets.logo_folder)).image.convert("L").resize((SQUINT_PX, SQUINT_PX), Image.Resampling.LANCZOS)
    )
    return ImageOps.autocontrast(grey.filter(ImageFilter.GaussianBlur(BLUR)))


def difference(one: Image.Image, other: Image.Image) -> float:
    """Returns the mean difference of two pictures in grey, 0 to 255."""
    return ImageStat.Stat(ImageChops.difference(one, other)).mean[0]

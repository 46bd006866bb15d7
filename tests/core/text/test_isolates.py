"""Tests that left-to-right tokens in right-to-left text are ordered as if isolates were written around them (UAX #9, HL3)."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storycard.text.bidi.isolates import paragraph_levels
from storycard.text.bidi.levels import embedding_levels
from storycard.text.bidi.reordering import visual_runs

# Brackets mark what is isolated from its surroundings.
RIGHT_TO_LEFT = [
    "حسب ⟦@Reuters⟧ عاد المركب",
    "لغة ⟦C++⟧ في الجامعة",
    "התקשרו אל ⟦+44 20 7946 0958⟧ עוד היום",
    "وفد ⟦#COP30⟧ يصل بيليم",
    "דרוש מתכנת ⟦C#⟧ לעיריה",
    "کتابخانه‌ای برای ⟦.NET⟧ منتشر شد",
    "נגני ⟦AC/DC⟧ חזרו לבמה",
    "درجة الحرارة ⟦-5⟧ في الجبال",
    "الحرارة بين 3 ⟦-5°C⟧ ليلا",
    "مشورہ ⟦50%⟧ تک بڑھا",
    "ارتفع السعر ⟦12.5%⟧ هذا العام",
    "בדרגה ⟦A+⟧ בלבד",
    "צופים ב-⟦Disney+⟧ ירדו",
    "סניף ⟦7-Eleven⟧ נפתח בנמל",
    "موقع ⟦https://example.org/a/?q=1&b=2⟧ توقف",
    "אתר ⟦www.example.org/news/⟧ חזר.",
    "كتب على ⟦example.org/news/⟧ أمس",
    "راسلوا ⟦24@example.org⟧ اليوم",
    "الإصدار ⟦2026-04-17⟧ صدر",
    "رقم الشكاوى ⟦1-800-555-0199⟧ مجاني",
    "هاتف ⟦03-1234567⟧ للحجز",
    "חייגו ⟦(03) 123 4567⟧ עכשיו",
    "تلفن ⟦+۹۸ ۲۱ ۱۲۳۴ ۵۶۷۸⟧ برای رزرو",
    "כתבו ל-⟦@haarbor_news⟧, לא אלינו",
    "قال و⟦@Reuters⟧ نقلت",
    "(⟦@BBC⟧) أعلنت",
    "חברת ⟦.NET Framework⟧ נסגרה",
    "מפתחי ⟦Visual C++⟧ נפגשו",
    "מפתחי ⟦C++ 23⟧ נפגשו",
    "لپ⟦@Reuters⟧ 20 نفر",
    "⟦@Reuters⟧ ⟦@AP⟧ اتفقتا",
    "שפות ⟦C++⟧, ⟦C#⟧ ו-⟦F#⟧.",
    "הסרט מתאים לגיל ⟦18+⟧ בלבד",
    "ܡܢ ⟦@Reuters⟧ ܡܠܬܐ",
    "ދިވެހި ⟦#COP30⟧ ޚަބަރު",
    "ߒߞߏ ⟦C++⟧ ߛߓߍ",
    "𞤀𞤣𞤤𞤢𞤥 ⟦@Reuters⟧ 𞤨𞤵𞤤𞤢𞤪",
    "ژمارە ⟦+964 750 123 4567⟧ بۆ هەولێر",
    "خبر ⟦$AAPL⟧ پایین رفت",
    "התחזית: ⟦5-10%⟧ פחות",
    "السعر ⟦$5⟧ فقط",
    "המעלות ⟦−3⟧ בירושלים",
    "⟦24/7+⟧ חדשות",
    "קובץ ⟦printf()⟧ נמחק",
    "«⟦C++⟧» كتاب جديد",
    "حاكم ولاية في ⟦U.S.⟧ يستقيل",
    "חייגו ⟦(212) 555-0187⟧ עכשיו",
    "חייגו ⟦*2700⟧ מכל טלפון",
    "הרוחות מגיעות ל-⟦90 km/h⟧ בצפון",
    "يبدأ البث ⟦9 a.m.⟧ اليوم",
    "سجل الهدف في الدقيقة ⟦90+3⟧ من المباراة",
    "השתתפו ⟦~500⟧ איש",
]
LEFT_TO_RIGHT = [
    "Call אמא ⟦+44 20 7946 0958⟧ today",
    "The film ⟦שלום⟧, 3 weeks at the top",
    "The paper ⟦هآرتس⟧: 12 people left",
    "Noa (⟦נועה⟧) 4 others won",
    "The song שלום 2 is out",
    "In Hebrew: אחת, 2, שלוש",
    "Prices in שקל ⟦-5%⟧ this year",
    "Quote “שלום ⟦@Reuters⟧ עכשיו” by radio",
]
UNTOUCHED = [
    "العدد 12 من مجلة 2030 صدر",
    "המשחק הסתיים 3-1 לטובת הפועל",
    "بين 5-10 أيام",
    "2020–2026 שנים",
    "שעה 9:30 ב-3.11.2024",
    "ב-5 במאי",
    "New York نيويورك",
    "iPhone 15 Pro في الأسواق",
    "#مصر تفوز",
    "۵۰٪ مردم",
    "٥٠٪ من الناس",
    'ארה"ב, אונר"א וצה"ל',
    "وقال: «نعم»، ثم... رحل!",
]


def as_written(text: str) -> str:
    return text.replace("⟦", "").replace("⟧", "")


def visual(text: str, levels: tuple[int, ...], rtl: bool) -> str:
    """Returns the characters from left to right, without bidi controls."""
    runs = visual_runs(text, levels, rtl, 0, len(text))
    drawn = "".join(text[run.start : run.end][:: -1 if run.rtl else 1] for run in runs)
    return drawn.replace("\u2068", "").replace("\u2069", "").replace("\u2066", "")


@pytest.mark.parametrize(("text", "rtl"), [(text, True) for text in RIGHT_TO_LEFT] + [(text, False) for text in LEFT_TO_RIGHT])
def test_orders_tokens_as_if_isolates_were_written(text: str, rtl: bool) -> None:
    isolated = text.replace("⟦", "\u2068" if not rtl else "\u2066").replace("⟧", "\u2069")
    plain = as_written(text)
    assert visual(plain, paragraph_levels(plain, rtl), rtl) == visual(isolated, embedding_levels(isolated, rtl), rtl)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("אל +44 20 7946 0958 עוד", "דוע +44 20 7946 0958 לא"),
        ("شركة @Reuters", "@Reuters ةكرش"),
        ("ב-#COP30_ים", "#COP30_םי-ב"),
        ("#ים_COP30 ב", "ב COP30_םי#"),
    ],
)
def test_token_reads_from_left_to_right(text: str, expected: str) -> None:
    assert visual(text, paragraph_levels(text, True), True) == expected


@pytest.mark.parametrize("text", UNTOUCHED)
def test_other_text_keeps_its_order(text: str) -> None:
    assert visual(text, paragraph_levels(text, True), True) == visual(text, embedding_levels(text, True), True)


@pytest.mark.parametrize("text", [*RIGHT_TO_LEFT, *LEFT_TO_RIGHT])
def test_isolates_that_the_author_wrote_change_nothing(text: str) -> None:
    rtl = text in RIGHT_TO_LEFT
    isolated = text.replace("⟦", "\u2068").replace("⟧", "\u2069")
    assert visual(isolated, paragraph_levels(isolated, rtl), rtl) == visual(isolated, embedding_levels(isolated, rtl), rtl)


def test_embeddings_that_the_author_wrote_are_obeyed() -> None:
    text = "שלום \u202e@Reuters\u202c"
    assert paragraph_levels(text, True) == embedding_levels(text, True)


WORDS = st.sampled_from(["שלום", "مرحبا", "ܡܠܬܐ", "ߒߞߏ", "𞤀𞤣", "2026", "،", "«", "»", "(", ")", ".", "-"])
TOKENS = st.sampled_from(["@Reuters", "#COP30", "C++", ".NET", "50%", "-5", "AC/DC", "https://a.org/b/", "+44 20 7946 0958"])


@given(st.lists(WORDS, max_size=8).map(" ".join))
def test_words_that_run_leftwards_keep_their_levels(text: str) -> None:
    assert paragraph_levels(text, True) == embedding_levels(text, True)


@given(st.lists(WORDS | TOKENS, max_size=8).map(" ".join), st.booleans())
def test_letters_that_run_leftwards_stay_so_beside_tokens(text: str, rtl: bool) -> None:
    levels = paragraph_levels(text, rtl)
    assert len(levels) == len(text)
    strong = [level for character, level in zip(text, levels, strict=True) if unicodedata.bidirectional(character) in ("R", "AL")]
    assert all(level % 2 for level in strong)

"""Tests storycard.editing.initials: which letter of a text may be as high as several lines."""

from storycard.editing.initials import find_initial
from support.reading import LANGUAGES

REST = " goes on for as long as the text of a key fact on a card does, and for longer."
OTHER_RESTS = {
    "uk": " тримається стільки, скільки треба тексту на картці, і ще трохи довше від того.",
    "el": " κρατούν όσο χρειάζεται το κείμενο μιας κάρτας, και ακόμη λίγο περισσότερο από αυτό.",
    "hy": " տևում է այնքան, որքան պետք է քարտի տեքստին, և դեռ մի փոքր ավելի երկար դրանից հետո։",
    "ff-Adlm": " 𞤸𞤢𞤪𞤭 𞤶𞤮𞥅𞤲𞤭 𞤨𞤵𞤤𞤢𞥄𞤪 𞤬𞤮𞤬 𞤱𞤮𞤲𞤭 𞤸𞤢𞤪𞤭 𞤶𞤮𞥅𞤲𞤭 𞤨𞤵𞤤𞤢𞥄𞤪 𞤬𞤮𞤬 𞤱𞤮𞤲𞤭 𞤸𞤢𞤪𞤭 𞤶𞤮𞥅𞤲𞤭 𞤨𞤵𞤤𞤢𞥄𞤪",
    "ka": " გრძელდება მანამ, სანამ ბარათის ტექსტს სჭირდება, და კიდევ ცოტა ხანს ამის შემდეგ.",
    "ar": " تستمر ما دام نص البطاقة يحتاج إليها، وبعد ذلك أيضًا لوقت أطول قليلًا من المعتاد.",
    "he": " נמשכת כל עוד הטקסט של הכרטיס צריך אותה, ואחר כך עוד קצת יותר מן הרגיל בעיר.",
    "hi": " कार्ड के पाठ को जितनी देर चाहिए उतनी देर चलता है, और उसके बाद भी थोड़ी देर तक और।",
    "ja": "は、カードの文章が必要とするあいだ続き、そのあともしばらくのあいだ続いていくことになる。",
    "ko": "는 카드의 글이 필요한 동안 계속되며, 그 뒤에도 조금 더 오래 이어질 것으로 보인다고 했다.",
    "th": "ยังดำเนินต่อไปตราบเท่าที่ข้อความบนการ์ดต้องการ และต่อจากนั้นอีกสักระยะหนึ่งตามที่แจ้งไว้",
}
INITIALS = {
    "en": {"The tide": "T", "McBride": "M", "NATO": "N", "Éamon Walsh": "É", "E\u0301amon Walsh": "E\u0301", "Don’t": "D"},
    "nl": {"IJsland": "IJ", "IJSLAND": "IJ", "Ĳsland": "Ĳ", "Zuid": "Z"},
    "hr": {"Njemačka": "Nj", "Ljubav": "Lj", "Džep": "Dž", "ǅep": "ǅ", "More": "M"},
    "hu": {"Dzsungel": "Dzs", "Szeged": "Sz", "Most": "M"},
    "cs": {"Chystaná": "Ch", "Cesta": "C"},
    "cy": {"Llywodraeth": "Ll"},
    "uz": {"Oʻzbekiston": "Oʻ"},
    "vi": {"Đường": "Đ", "Ðề": ""},
    "uk": {"Їхні": "Ї", "Для": "Д"},
    "el": {"Όλοι": "Ό", "Τα νερά": ""},
    "hy": {"Քաղաքը": "Ք"},
    "ff-Adlm": {"𞤖𞤵𞤣𞤵𞤪": "𞤖", "Hudur": ""},
}
NONE = {
    "en": (
        *(
            "A tide",
            "I said",
            "In time",
            "EU aid",
            "4,200 homes",
            "G7 aid",
            "iPhones",
            "the tide",
            "U.S. aid",
            "O’Brien",
            "X-rays",
        ),
        *("“The tide", "‘Tides", "(The tide)", "¿Quién", "— The tide", "🌊 The tide", "", "£4m"),
    ),
    "fr": ("L’eau", "D’après", "« Rien", "À Brest", "Le port", "Qu’il"),
    "it": ("Un’onda", "L’acqua", "Il mare", "D’oro"),
    "ka": ("ქალაქი",),
    "ar": ("المدينة", "NATO"),
    "he": ("העיר", "IBM"),
    "hi": ("शहर", "NASA"),
    "ja": ("「街", "街", "NHK"),
    "ko": ("도시", "KBS"),
    "th": ("เมือง", "NASA"),
    "haw": ("ʻOkina",),
}


def initial_of(word: str, tag: str) -> str:
    return find_initial(word + OTHER_RESTS.get(tag, REST), LANGUAGES.of(tag))


def test_initial_is_one_whole_capital_in_the_direction_of_the_language() -> None:
    assert {tag: {word: initial_of(word, tag) for word in words} for tag, words in INITIALS.items()} == INITIALS


def test_no_initial_parts_a_mark_a_figure_or_a_short_word() -> None:
    assert [(tag, word) for tag, words in NONE.items() for word in words if initial_of(word, tag)] == []


def test_short_text_has_no_initial() -> None:
    english = LANGUAGES.of("en")
    assert find_initial("The tide was high and the barriers of the port held it.", english) == ""
    assert find_initial("The tide was high and the barriers of the port held all of it.", english) == "T"


def test_digraphs_are_in_lower_case() -> None:
    assert {pair for tag in INITIALS for pair in LANGUAGES.of(tag).digraphs if pair != pair.casefold()} == set()

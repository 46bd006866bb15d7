"""Lists sentences to compare with Chromium: one for every script, and others with mixed scripts, stacked marks and ligatures."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sentence:
    """One text and its language (BCP 47); `italic` for forms that differ only in italics."""

    name: str
    language: str
    text: str
    italic: bool = False


# Most say that an old bridge opens again on Sunday after two years of repairs.
SCRIPTS = (
    Sentence("latin", "en", "Old bridge reopens on Sunday, two years after the flood"),
    Sentence("cyrillic", "ru", "Старый мост откроют в воскресенье после двух лет ремонта"),
    Sentence("greek", "el", "Η παλιά γέφυρα ανοίγει ξανά την Κυριακή μετά από δύο χρόνια"),
    Sentence("arabic", "ar", "إعادة افتتاح الجسر القديم يوم الأحد بعد عامين من أعمال الترميم"),
    Sentence("nastaliq", "ur", "پرانا پل دو سال کی مرمت کے بعد اتوار کو دوبارہ کھول دیا جائے گا"),
    Sentence("hebrew", "he", "הגשר הישן ייפתח מחדש ביום ראשון לאחר שנתיים של שיפוצים"),
    Sentence("devanagari", "hi", "पुराना पुल दो साल की मरम्मत के बाद रविवार को फिर खुलेगा"),
    Sentence("bengali", "bn", "দুই বছর মেরামতের পর রবিবার আবার খুলছে পুরোনো সেতু"),
    Sentence("gujarati", "gu", "બે વર્ષના સમારકામ પછી જૂનો પુલ રવિવારે ફરી ખુલશે"),
    Sentence("gurmukhi", "pa", "ਦੋ ਸਾਲਾਂ ਦੀ ਮੁਰੰਮਤ ਮਗਰੋਂ ਪੁਰਾਣਾ ਪੁਲ ਐਤਵਾਰ ਨੂੰ ਮੁੜ ਖੁੱਲ੍ਹੇਗਾ"),
    Sentence("odia", "or", "ଦୁଇ ବର୍ଷର ମରାମତି ପରେ ପୁରୁଣା ପୋଲ ରବିବାର ପୁଣି ଖୋଲିବ"),
    Sentence("tamil", "ta", "இரண்டு ஆண்டு சீரமைப்புக்குப் பின் பழைய பாலம் ஞாயிற்றுக்கிழமை திறப்பு"),
    Sentence("telugu", "te", "రెండేళ్ల మరమ్మతుల తర్వాత పాత వంతెన ఆదివారం మళ్లీ ప్రారంభం"),
    Sentence("kannada", "kn", "ಎರಡು ವರ್ಷಗಳ ದುರಸ್ತಿ ಬಳಿಕ ಹಳೆಯ ಸೇತುವೆ ಭಾನುವಾರ ಮತ್ತೆ ಸಂಚಾರಕ್ಕೆ ಮುಕ್ತ"),
    Sentence("malayalam", "ml", "രണ്ടു വർഷത്തെ അറ്റകുറ്റപ്പണിക്കു ശേഷം പഴയ പാലം ഞായറാഴ്ച വീണ്ടും തുറക്കും"),
    Sentence("sinhala", "si", "ශ්‍රී ලංකාවේ පැරණි පාලම වසර දෙකකට පසු ඉරිදා යළි විවෘත කෙරේ"),
    Sentence("thai", "th", "สะพานเก่าเปิดใช้อีกครั้งวันอาทิตย์นี้ หลังซ่อมแซมนานสองปี"),
    Sentence("lao", "lo", "ຂົວເກົ່າເປີດໃຊ້ຄືນໃນວັນອາທິດ ຫຼັງຈາກສ້ອມແປງສອງປີ"),
    Sentence("khmer", "km", "ស្ពានចាស់បើកឡើងវិញនៅថ្ងៃអាទិត្យ ក្រោយជួសជុលអស់ពីរឆ្នាំ"),
    Sentence("burmese", "my", "နှစ်နှစ်ကြာပြုပြင်ပြီးနောက် တံတားဟောင်းကို တနင်္ဂနွေနေ့တွင် ပြန်ဖွင့်မည်"),
    Sentence("tibetan", "bo", "ཟམ་པ་རྙིང་པ་ལོ་གཉིས་རིང་ཉམས་གསོ་བྱས་རྗེས་གཟའ་ཉི་མར་སླར་ཡང་སྒོ་འབྱེད་བྱེད་རྒྱུ།"),
    Sentence("ethiopic", "am", "አሮጌው ድልድይ ከሁለት ዓመት ጥገና በኋላ እሑድ ዳግም ይከፈታል"),
    Sentence("georgian", "ka", "ძველი ხიდი ორწლიანი რემონტის შემდეგ კვირას კვლავ გაიხსნება"),
    Sentence("armenian", "hy", "Հին կամուրջը երկու տարվա վերանորոգումից հետո կիրակի կրկին կբացվի"),
    Sentence("simplified-chinese", "zh-Hans", "老桥修缮两年后周日重新开放，市民可免费骑行通过"),
    Sentence("traditional-chinese", "zh-Hant", "老橋修繕兩年後週日重新開放，市民可免費騎行通過"),
    Sentence("japanese", "ja", "古い橋が2年の修復を終え、日曜日に「ようやく」開通へ"),
    Sentence("korean", "ko", "오래된 다리, 2년 보수 끝에 일요일 다시 열린다"),
    # These name their own language, script or people, in words that their readers see every day.
    Sentence("syriac", "syr", "ܠܫܢܐ ܣܘܪܝܝܐ"),
    Sentence("thaana", "dv", "ދިވެހި ބަހުގެ ދުވަސް މާދަމާ"),
    Sentence("nko", "nqo", "ߒߞߏ ߞߊ߲ ߛߓߍ ߟߊ߫"),
    Sentence("adlam", "ff-Adlm", "𞤆𞤵𞤤𞤢𞤪 𞤀𞤣𞤤𞤢𞤥"),
    Sentence("ol-chiki", "sat", "ᱥᱟᱱᱛᱟᱲᱤ ᱯᱟᱹᱨᱥᱤ"),
    Sentence("meetei-mayek", "mni-Mtei", "ꯃꯩꯇꯩ ꯃꯌꯦꯛ"),
    Sentence("mongolian", "mn-Mong", "ᠮᠣᠩᠭᠣᠯ ᠪᠢᠴᠢᠭ"),
    Sentence("tifinagh", "zgh", "ⵜⴰⵎⴰⵣⵉⵖⵜ ⵜⴰⵏⴰⵡⴰⵢⵜ"),
    Sentence("canadian-aboriginal", "iu", "ᐃᓄᒃᑎᑐᑦ ᐅᖃᐅᓯᖅ"),
    Sentence("cherokee", "chr", "ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ"),
    Sentence("yi", "ii", "ꆈꌠꁱꂷ"),
)

MIXED = (
    Sentence("vietnamese", "vi", "Cầu cũ mở lại sau hai năm, người dân vùng lũ vui mừng khôn xiết"),
    Sentence("yoruba", "yo", "Afárá àtijọ́ náà ti ṣí padà lẹ́yìn ọdún méjì"),
    Sentence("turkish", "tr", "İzmir’de eski köprü iki yıl sonra yeniden açılıyor"),
    Sentence("combining-latin", "en", "Cafe\u0301 re\u0301ouvert: n\u0303andu\u0301 et A\u030angstro\u0308m"),
    Sentence("french-spaces", "fr", "« Le pont rouvre dimanche\u202f! », promet la maire\u00a0: 1\u202f200\u00a0mètres rénovés"),
    Sentence("soft-hyphens", "de", "Hoch\u00adwasser\u00adschutz\u00adpro\u00adgramm der Landes\u00adregierung"),
    Sentence("german", "de", "„Wir öffnen am Sonntag“ – die alte Brücke wird nach zwei Jahren frei"),
    Sentence("ligatures", "en", "Officials find a “fjord-proof” ferry: 1,200 waffles, offered at AVATAR fair"),
    Sentence("polytonic-greek", "el-polyton", "Ἡ παλαιὰ γέφυρα ἀνοίγεται τῇ Κυριακῇ, ὡς ὁ δῆμος ἤγγειλεν"),
    Sentence("russian-italic", "ru", "Поиграть бы детям под мостом: гид готовит тропы", italic=True),
    Sentence("serbian-italic", "sr", "Поново отворен градски мост: бициклисти и деца први", italic=True),
    Sentence("serbian", "sr", "Поново отворен градски мост: бициклисти и деца први"),
    Sentence("bulgarian", "bg", "Старият мост отваря в неделя след две години ремонт"),
    Sentence("arabic-brand-and-numbers", "ar", "شركة Siemens تستثمر 2.5 مليار دولار في «ميناء 2030» (بزيادة \u206615%\u2069)"),
    Sentence("arabic-vowels", "ar", "مُدَرِّسٌ يُعِيدُ فَتْحَ المَكْتَبَةِ بَعْدَ عَامَيْنِ"),
    Sentence("persian", "fa", "پل قدیمی پس از ۲ سال تعمیر، روز یکشنبه بازگشایی می‌شود"),
    Sentence("kurdish", "ckb", "پردی کۆن دوای دوو ساڵ ڕۆژی یەکشەممە دەکرێتەوە"),
    Sentence("urdu-brand-and-numbers", "ur", "گوگل (Google) پاکستان میں 25 کروڑ روپے کی سرمایہ کاری کرے گا"),
    Sentence("hebrew-percent-and-date", "he", "עלייה של 12.5% במחירי הדירות מאז 3.11.2024, לפי Eurostat (האיחוד)"),
    Sentence("hebrew-points", "he", "הַגֶּשֶׁר הַיָּשָׁן נִפְתַּח בְּיוֹם רִאשׁוֹן"),
    Sentence("hebrew-in-english", "en", "“שלום” means peace, and مرحبا means hello (since 1948)"),
    Sentence("hindi-conjuncts", "hi", "राष्ट्रीय विद्यार्थियों ने श्रेष्ठ वक्तृत्व प्रतियोगिता जीती, मुख्यमंत्री ने दी बधाई"),
    Sentence("hindi-brand-and-numbers", "hi", "ISRO ने श्रीहरिकोटा से 104 उपग्रह एक साथ भेजे, ₹500 करोड़ ख़र्च"),
    Sentence("marathi", "mr", "जुना पूल दोन वर्षांच्या दुरुस्तीनंतर रविवारी पुन्हा खुला होणार"),
    Sentence("thai-marks", "th", "น้ำท่วมใหญ่ ที่ปรึกษาชี้ผู้ว่าฯ ต้องซื้อเครื่องสูบน้ำ 20 เครื่อง"),
    Sentence("burmese-stacks", "my", "မန္တလေးတက္ကသိုလ် ဗုဒ္ဓဟူးနေ့တွင် ကျောင်းပြန်ဖွင့်"),
    Sentence("tibetan-stacks", "bo", "བོད་ཀྱི་སྒྲ་དབྱངས་རྒྱལ་སྤྱིའི་འཚོགས་འདུ།"),
    Sentence("japanese-latin", "ja", "トヨタ、EV「bZ4X」を2027年に全面刷新―航続距離は700km超"),
    Sentence("japanese-marks", "ja", "「港の灯」「雪の町」（第二部）、監督は「『静かな海』が好き」と語る"),
    Sentence("simplified-marks", "zh-Hans", "导演谈新片《海岛》、《渡轮》：“等了六年，”他说，“终于有了结果。”"),
    Sentence("traditional-marks", "zh-Hant", "導演談新片《海島》、《渡輪》：「等了六年，」他說，「終於有了結果。」"),
    Sentence("bopomofo", "zh-Hant", "小一新生開學，先學注音符號ㄅㄆㄇㄈ"),
    Sentence("han-simplified", "zh-Hans", "骨直海角誤述化門"),
    Sentence("han-traditional", "zh-Hant", "骨直海角誤述化門"),
    Sentence("han-hong-kong", "zh-HK", "骨直海角誤述化門"),
    Sentence("han-japanese", "ja", "骨直海角誤述化門"),
    Sentence("han-korean", "ko", "骨直海角誤述化門"),
    Sentence("emoji", "en", "Gold! 🏆 for a family 👨‍👩‍👧‍👦 of four 👍🏽 🇺🇦 ❤️‍🔥 1️⃣ 🏴󠁧󠁢󠁳󠁣󠁴󠁿"),
    Sentence("signs", "de", "Bei 25 °C → 77 °F: ½ Liter, ±3 %, № 7, „A+“™, 3 × 4 ≥ 12 €"),
    Sentence("invisible-controls", "ar", "\u200fقال \u2068Apple\u2069 إنها\u200e ستفتح\u2060 متجرًا\u200b جديدًا"),
)

# Where only one of the two would break a line, and why.
_QUOTATION = "a quotation mark stays with its words, even over a space (UAX #14, LB15a and LB15b)"
_DASH = "no line of ours begins with a dash"
_DICTIONARY = "both divide by the dictionaries of ICU, Chromium by another edition"
_HANJA = "Chromium keeps hanja together like hangul; ICU as the Chinese characters they are"
BREAKS = {
    "french-spaces": {"« |Le": _QUOTATION, "dimanche\u202f! |»": _QUOTATION},
    "german": {"Sonntag“ |– die": _DASH},
    "japanese-latin": {"刷新|―航": _DASH},
    "lao": {"ວັນ|ອາທິດ": _DICTIONARY},
    "khmer": {"ចាស់|បើក": _DICTIONARY, "ឡើង|វិញ": _DICTIONARY, "ថ្ងៃ|អា": _DICTIONARY, "អា|ទិត្យ": _DICTIONARY},
    "han-korean": dict.fromkeys(("骨|直", "直|海", "角|誤", "誤|述", "述|化", "化|門"), _HANJA),
}

# Where Chromium fills a line up to, and a reader would rather it ended earlier, for which ours may be less even or more.
_SHORT_WORD = "a short word goes with what follows it"
_IN_A_TITLE = "a short title is kept whole"
_IN_A_WORD = "this is the middle of a word"
_PARTICLE = "a noun is parted from its particle"
_SENSE = "the first word of a clause is left behind on the line of the clause before"
_MAGNITUDE = "a number goes with its magnitude"
POOR = {
    "cyrillic": {"откроют в |воск": _SHORT_WORD},
    "greek": {"την |Κυριακή": _SHORT_WORD},
    "polytonic-greek": {"τῇ |Κυριακῇ": _SHORT_WORD, "ὁ |δῆμος": _SHORT_WORD},
    "soft-hyphens": {"der |Landes": _SHORT_WORD},
    "ligatures": {"find a |“fjord": _SHORT_WORD, "at |AVATAR": _SHORT_WORD, "fjord-|proof": "a word keeps its parts together"},
    "emoji": {"for a |family": _SHORT_WORD},
    "russian-italic": {"гид |готовит": _SENSE},
    "burmese-stacks": {"နေ့|တွင်": _PARTICLE},
    "japanese": {"修復|を終え": _PARTICLE, "よう|やく": _IN_A_WORD, "ようや|く": _IN_A_WORD},
    "japanese-latin": {"bZ4X」|を": _PARTICLE, "距離|は": _PARTICLE, "2027年|に": _PARTICLE, "航続|距離": _IN_A_WORD},
    "japanese-marks": {"静か|な": _IN_A_WORD, "静かな|海": _IN_A_TITLE},
    "simplified-marks": {"海|岛": _IN_A_TITLE},
    "traditional-marks": {"海|島": _IN_A_TITLE, "渡|輪": _IN_A_TITLE, "六|年": "a number goes with what it counts"},
    "thai-marks": {"ที่|ปรึกษา": _IN_A_WORD},
    "khmer": {"អា|ទិត្យ": _IN_A_WORD},
    "signs": {"±3 |%": "a number goes with what it counts"},
    "arabic-brand-and-numbers": {"2.5 |مليار": _MAGNITUDE, "مليار |دولار": _MAGNITUDE},
    "urdu-brand-and-numbers": {"25 |کروڑ": _MAGNITUDE},
    "french-spaces": {"dimanche\u202f! |»": _QUOTATION},
    "german": {"Sonntag“ |– die": _DASH},
}

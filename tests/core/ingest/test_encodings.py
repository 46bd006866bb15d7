"""Tests that pages in encodings older than UTF-8 are read as browsers read them: labels, their order, and what cannot be read."""

import codecs

import pytest
from webencodings.labels import LABELS

from storycard.errors import ArticleInvalid
from storycard.ingest.encodings import decode_page, decode_text, find_encoding

# A label, the Python codec that writes the same bytes, and a headline of letters that a neighbouring encoding lacks or moves.
PAGES = [
    ("utf-8", "utf-8", "Žluťoučký kůň – „dobrý den“"),
    ("iso-8859-1", "cp1252", "L’été à Paris – « canicule » et dépenses à 5 €"),
    ("latin1", "cp1252", "“Smart” quotes — and €"),
    ("us-ascii", "cp1252", "“Smart” quotes… in ASCII"),
    ("windows-1252", "cp1252", "Größe: 5 € – „Straße“"),
    ("iso-8859-15", "iso8859-15", "L'œuvre coûte 5 €"),
    ("iso-8859-2", "iso8859-2", "Żółć, łódź i ąęśźć"),
    ("latin2", "iso8859-2", "Příliš žluťoučký kůň"),
    ("iso-8859-3", "iso8859-3", "Ġirja, ħobż u għasel"),
    ("iso-8859-4", "iso8859-4", "Ķekava, Ģertrūde, žņaugs"),
    ("iso-8859-5", "iso8859-5", "Мост открыли: ёлка и џ"),
    ("iso-8859-6", "iso8859-6", "افتتح الجسر، والمرفأ"),
    ("iso-8859-7", "iso8859-7", "Το πλοίο ταξιδεύει ξανά για 5 €"),
    ("iso-8859-8", "iso8859-8", "הגשר נפתח"),
    ("iso-8859-8-i", "iso8859-8", "הגשר נפתח שוב"),
    ("iso-8859-9", "cp1254", "İstanbul’da ışık, ğ ve ş"),
    ("iso-8859-10", "iso8859-10", "Ŋuolla ja đuovda"),
    ("iso-8859-11", "cp874", "สะพานเปิดแล้ว…"),
    ("iso-8859-13", "iso8859-13", "Ąžuolas, šiaurė ir žemė"),
    ("iso-8859-14", "iso8859-14", "Ŵyneb y dŵr a Ḋún"),
    ("iso-8859-16", "iso8859-16", "Țara și orașul, 5 €"),
    ("koi8-r", "koi8-r", "Мост открыли: ещё ёлка"),
    ("koi8-u", "koi8-u", "Міст відкрили: її чекали ґанок і їдальня"),
    ("ibm866", "cp866", "Мост открыли, ё"),
    ("windows-1250", "cp1250", "„Żółć” – příliš žluťoučký kůň…"),
    ("windows-1251", "cp1251", "«Мост» открыли – „ёлка“…"),
    ("cp1251", "cp1251", "Ѓорѓи, Ќе и џеб"),
    ("windows-1253", "cp1253", "«Το πλοίο» ταξιδεύει… 5 €"),
    ("windows-1254", "cp1254", "İstanbul: “ışık” ğüşiöç"),
    ("windows-1255", "cp1255", "שָׁלוֹם – „הגשר”"),
    ("windows-1256", "cp1256", "پل «باز» شد، گچ و ژاله"),
    ("windows-1257", "cp1257", "„Ąžuolas“ – ķēniņš un šķūnis"),
    ("windows-1258", "cp1258", "Câ\u0300u đươ\u0323c mơ\u0309 la\u0323i"),
    ("windows-874", "cp874", "“สะพาน” เปิดแล้ว… €"),
    ("macintosh", "mac-roman", "L’été « à » Paris — 5 €"),
    ("x-mac-cyrillic", "mac-cyrillic", "Мост «открыли» — ґ і ё"),
    ("shift_jis", "cp932", "①髙島屋が㈱年末セール～最大50％"),
    ("x-sjis", "cp932", "東京で大雨、交通機関に乱れ"),
    ("windows-31j", "cp932", "№5、Ⅳ期の﨑陽軒"),
    ("ms_kanji", "cp932", "表示、ソ連、十の能力"),
    ("euc-jp", "euc_jp", "東京で大雨、交通機関に乱れ"),
    ("x-euc-jp", "euc_jp", "ｱﾙﾌｧ、カタカナ、漢字"),
    ("iso-2022-jp", "iso2022_jp", "東京で大雨 (Tokyo)、乱れ"),
    ("gb2312", "gb18030", "朱镕基谈改革：囧途不再"),
    ("gbk", "gb18030", "喆、堃、燊：人名用字"),
    ("x-gbk", "gb18030", "繁體字與简体字"),
    ("gb18030", "gb18030", "㐀䶮𠮷：罕用字"),
    ("big5", "big5hkscs", "臺北大雨，交通打結"),
    ("big5-hkscs", "big5hkscs", "佢哋喺茶餐廳食嘢，啲咁嘅"),
    ("x-x-big5", "big5hkscs", "「碁」、「裏」、「恒」"),
    ("euc-kr", "cp949", "똠얌꿍 인기…서울 식당가 북적"),
    ("ks_c_5601-1987", "cp949", "펲시맨과 햏자"),
    ("korean", "cp949", "아햏햏, 뷁"),
    ("windows-949", "cp949", "쌰럎 ― 새 다리"),
]


@pytest.mark.parametrize(("label", "codec", "headline"), PAGES, ids=[label for label, _, _ in PAGES])
def test_reads_pages_by_their_label(label: str, codec: str, headline: str) -> None:
    in_meta = f"<!doctype html><meta charset='{label}'><title>{headline}</title>".encode(codec)
    in_pragma = f'<html><META content="text/html;charset={label}" http-equiv=Content-Type><title>{headline}'.encode(codec)
    bare = f"<!doctype html><title>{headline}</title>".encode(codec)
    for text, notice in (decode_page(in_meta), decode_page(in_pragma), decode_page(bare, label), decode_text(bare, label)):
        assert (text.partition("<title>")[2].partition("<")[0], notice) == (headline, "")


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\xad\xa1 \xfc\xe2\xb9\xe2 \xad\xea \xa1\xc1", "① 髙高 ㈱ ～"),  # NEC's and IBM's rows, as in windows-31j
        (b"\x8e\xb1\x8e\xb2", "ｱｲ"),
        (b"\x8f\xb0\xa1", "丂"),  # JIS X 0212
    ],
)
def test_reads_the_rows_that_vendors_added_to_euc_jp(data: bytes, text: str) -> None:
    assert decode_page(data, "euc-jp") == (text, "")


def test_reads_vendors_rows_and_half_width_katakana_in_iso_2022_jp() -> None:
    assert decode_page(b"a \x1b$B-!|b\x1b(B b \x1b(I12\x1b(J c", "iso-2022-jp") == ("a ①髙 b ｱｲ c", "")


@pytest.mark.parametrize(
    ("data", "label", "text"),
    [
        (b"\xae\xbe", "koi8-u", "ўЎ"),
        (b"\x80 5 \xc4\xe3\x80", "gb2312", "€ 5 你€"),
        (b"\x80\x81", "gb18030", "€"),
        (b"\xa1\x45 \xa1\xe3 \xa2\x44 \xa3\xe1 \xa3\xe2", "big5", "‧ ～ ￥ € "),
    ],
)
def test_reads_what_python_reads_otherwise(data: bytes, label: str, text: str) -> None:
    assert decode_page(data, label).text == text


# Labels of each encoding, from the table in the standard: https://encoding.spec.whatwg.org/#names-and-labels
STANDARD = {
    "utf-8": "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8",
    "ibm866": "866 cp866 csibm866 ibm866",
    "iso-8859-2": "csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2",
    "iso-8859-6": "arabic asmo-708 csiso88596e csiso88596i ecma-114 iso-8859-6-e iso-8859-6-i iso-ir-127",
    "iso-8859-7": "csisolatingreek ecma-118 elot_928 greek greek8 iso-ir-126 sun_eu_greek",
    "iso-8859-8": "csiso88598e csisolatinhebrew hebrew iso-8859-8-e iso-ir-138 visual",
    "iso-8859-8-i": "csiso88598i iso-8859-8-i logical",
    "iso-8859-15": "csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9",
    "koi8-r": "cskoi8r koi koi8 koi8-r koi8_r",
    "koi8-u": "koi8-ru koi8-u",
    "macintosh": "csmacintosh mac macintosh x-mac-roman",
    "windows-874": "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874",
    "windows-1250": "cp1250 windows-1250 x-cp1250",
    "windows-1251": "cp1251 windows-1251 x-cp1251",
    "windows-1252": "ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 iso_8859-1 "
    "iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252",
    "windows-1254": "cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 l5 latin5 windows-1254 x-cp1254",
    "x-mac-cyrillic": "x-mac-cyrillic x-mac-ukrainian",
    "gbk": "chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk",
    "gb18030": "gb18030",
    "big5": "big5 big5-hkscs cn-big5 csbig5 x-x-big5",
    "euc-jp": "cseucpkdfmtjapanese euc-jp x-euc-jp",
    "iso-2022-jp": "csiso2022jp iso-2022-jp",
    "shift_jis": "csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis",
    "euc-kr": "cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 windows-949",
    "replacement": "csiso2022kr hz-gb-2312 iso-2022-cn iso-2022-cn-ext iso-2022-kr replacement",
    "utf-16be": "unicodefffe utf-16be",
    "utf-16le": "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le",
    "x-user-defined": "x-user-defined",
}


def test_knows_the_labels_of_the_standard() -> None:
    labels = {label: name for name, labels in STANDARD.items() for label in labels.split()}
    assert {label: find_encoding(f"\t{label.upper()} ") for label in labels} == labels
    assert set(STANDARD) < set(LABELS.values())
    assert {label for label in LABELS if not find_encoding(label)} == set()
    assert [find_encoding(label) for label in ("", "utf-7", "utf-32", "cp037", "rot13", "latin-1")] == [""] * 6


BULGARIAN = "Мост"
IN_1251 = BULGARIAN.encode("cp1251")


@pytest.mark.parametrize(
    ("data", "charset", "text"),
    [
        (codecs.BOM_UTF8 + "<meta charset=big5>é".encode(), "windows-1251", "é"),
        (codecs.BOM_UTF16_LE + "<meta charset=utf-8>Ω".encode("utf-16le"), "windows-1251", "Ω"),
        (codecs.BOM_UTF16_BE + "<meta charset=utf-8>Ω".encode("utf-16be"), "", "Ω"),
        (b"<meta charset=windows-1252>" + IN_1251, "windows-1251", BULGARIAN),
        (b"<meta charset=windows-1251>" + IN_1251, "no-such-label", BULGARIAN),
        (b"<meta charset=no-such-label><meta charset=cp1251>" + IN_1251, "", BULGARIAN),
        (b"<!-- <meta charset=big5> --><meta charset=cp1251>" + IN_1251, "", BULGARIAN),
        (b"<a title='<meta charset=big5>'></a><meta charset=cp1251>" + IN_1251, "", BULGARIAN),
        (b"<script>'<meta charset=big5>'</script><meta charset=cp1251>" + IN_1251, "", BULGARIAN),
        (b"<meta content='text/html; charset=big5' name=x><meta charset=cp1251>" + IN_1251, "", BULGARIAN),
        (b"<meta name=description content='charset=big5'><meta charset=cp1251>" + IN_1251, "", BULGARIAN),
        (b"<meta/charset = 'cp1251' />" + IN_1251, "", BULGARIAN),
        (b'<meta http-equiv="content-type" content="text/html; charset = \'cp1251\'">' + IN_1251, "", BULGARIAN),
        (b"<meta charset=cp1251 charset=big5>" + IN_1251, "", BULGARIAN),
        (b"<link>" * 300 + b"<meta charset=cp1251>" + IN_1251, "", BULGARIAN),
        (b"<?xml version='1.0' encoding='windows-1251'?><html>" + IN_1251, "", BULGARIAN),
        (b"<meta charset=utf-16>" + BULGARIAN.encode(), "", BULGARIAN),
        (b"<meta charset=x-user-defined>\x93", "", "“"),
        ("<?xml encoding='utf-8'?>Ω".encode("utf-16le"), "", "Ω"),
        ("Ω".encode("utf-16le"), "utf-16", "Ω"),
        # Two characters in GBK whose bytes are UTF-8 too: the declaration decides.
        ("<meta charset=gbk>联通".encode("gbk"), "", "联通"),
    ],
)
def test_a_mark_counts_before_the_header_and_this_before_the_page(data: bytes, charset: str, text: str) -> None:
    decoded = decode_page(data, charset)
    assert (decoded.text.rpartition(">")[2], decoded.notice) == (text, "")


@pytest.mark.parametrize(
    ("language", "codec", "text", "name"),
    [
        ("bg", "cp1251", "Мостът е отворен", "windows-1251"),
        ("ru-RU", "cp1251", "Мост открыли", "windows-1251"),
        ("cs", "cp1250", "žluťoučký kůň", "windows-1250"),
        ("pl", "iso8859-2", "żółć, łódź", "iso-8859-2"),
        ("ja", "cp932", "東京で大雨", "shift_jis"),
        ("zh-CN", "gbk", "大雨，交通", "gbk"),
        ("zh-TW", "big5", "臺北大雨", "big5"),
        ("ko-KR", "cp949", "서울 식당가", "euc-kr"),
        ("he", "cp1255", "הגשר נפתח", "windows-1255"),
        ("fr", "cp1252", "L’été – 5 €", "windows-1252"),
    ],
)
def test_guesses_by_the_language_and_says_so(language: str, codec: str, text: str, name: str) -> None:
    decoded = decode_page(f'<html lang="{language}"><title>{text}'.encode(codec))
    assert decoded.text.endswith(text)
    assert decoded.notice == f"The page names no encoding and was read as {name}."


def test_counts_what_cannot_be_read_and_leaves_it_out() -> None:
    decoded = decode_page(b"<meta charset=utf-8>A \xe9t\xe9 and \xef\xbf\xbd")
    assert decoded == ("<meta charset=utf-8>A t and ", "Characters that cannot be read as utf-8 were left out: 3.")
    assert decode_page(b"<p>A\xef\xbf\xbdB</p>") == ("<p>AB</p>", "Characters that cannot be read as utf-8 were left out: 1.")
    guessed = decode_page(b"<p>\x81\x82</p>")
    assert guessed.text == "<p>‚</p>"
    guess, lost = guessed.notice.split(". ")
    assert guess == "The page names no encoding and was read as windows-1252"
    assert lost == "Characters that cannot be read as windows-1252 were left out: 1."


def test_refuses_what_no_browser_reads() -> None:
    with pytest.raises(ArticleInvalid, match="an encoding that browsers read"):
        decode_page(b"<meta charset=iso-2022-kr>a")
    with pytest.raises(ArticleInvalid, match="text in UTF-8, got byte 0xe9 at 1"):
        decode_text(b"t\xe9", "")

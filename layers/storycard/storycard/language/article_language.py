"""What an article says its language is, and the text itself, into one BCP 47 tag: script and small words overrule labels."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import cache
from types import MappingProxyType

from storycard.article import LANGUAGE

_LETTERS = 3_000  # of a text are looked at
_MIN_WORDS = 30  # before small words may overrule a declaration
_CLEARLY = 0.15  # the share of small words in running text is 0.2 to 0.45
_TIMES = 3  # as many as in the declared language

# The scripts that name their language, where nobody says otherwise.
_OF_SCRIPT = MappingProxyType(
    {"HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja", "CJK": "zh", "THAI": "th", "LAO": "lo", "KHMER": "km", "MYANMAR": "my"}
    | {"GEORGIAN": "ka", "ARMENIAN": "hy", "GREEK": "el", "HEBREW": "he", "DEVANAGARI": "hi", "BENGALI": "bn", "TAMIL": "ta"}
    | {"TELUGU": "te", "KANNADA": "kn", "MALAYALAM": "ml", "GUJARATI": "gu", "GURMUKHI": "pa", "SINHALA": "si"}
    | {"ETHIOPIC": "am", "TIBETAN": "bo", "ORIYA": "or", "THAANA": "dv"}
)
# What a language is written in, where that is one script only; a script subtag, as in sr-Latn, asks for no check.
_SCRIPTS = {language: frozenset({script}) for script, language in _OF_SCRIPT.items()}
_SCRIPTS |= {"ja": frozenset({"HIRAGANA", "KATAKANA", "CJK"}), "ko": frozenset({"HANGUL", "CJK"}), "yi": frozenset({"HEBREW"})}
_SCRIPTS |= dict.fromkeys(("hi", "mr", "ne"), frozenset({"DEVANAGARI"})) | {"zh": frozenset({"CJK", "BOPOMOFO"})}
_SCRIPTS |= dict.fromkeys(("ar", "fa", "ps", "ckb", "ug"), frozenset({"ARABIC"}))
_SCRIPTS |= dict.fromkeys(("ru", "uk", "be", "bg", "mk"), frozenset({"CYRILLIC"})) | {"ti": frozenset({"ETHIOPIC"})}
_LATIN = (
    "en de fr es pt it nl sv da nb nn no is fi et lv lt pl cs sk sl hr hu ro tr id ms vi sw so ha yo ig cy ga gd ca gl eu sq mt"
)
_SCRIPTS |= dict.fromkeys(_LATIN.split(), frozenset({"LATIN"}))

# The commonest small words, those left out that neighbours share in other frequency.
_SMALL_WORDS = MappingProxyType(
    {
        "en": "the of and to in that is was for it with as on by at from this are has have",
        "de": "der die das und ist nicht ein eine den mit von zu auf für dem im sich auch des wird",
        "fr": "le la les des et est une dans que pour qui pas sur du au avec ce plus par sont",
        "es": "el la los las y del que en una por con para se no es su al como más ha",
        "pt": "o os as e do da dos das que em uma um para não com na no por mais foi",
        "it": "il la di che e un una per del della non con sono gli le dei nel alla è ha",
        "nl": "de het een en van is dat niet op te zijn met voor aan er ook door bij naar uit",
        "sv": "och att det som en på är av för med den till inte om ett har de var från kan",
        "da": "og at det som en på er af for med den til ikke om et har de var fra kan",
        "nb": "og at det som en på er av for med den til ikke om et har de var fra kan",
        "fi": "ja on ei että se hän oli mutta myös kuin ovat joka sekä mukaan niin",
        "pl": "i w na z się nie że do jest o to jak od po przez dla oraz są za ale",
        "cs": "a se v na je že s z do o to jako po pro by ve ale jsou i k",
        "hu": "a az és hogy nem egy is volt meg ez de csak mint már el azt",
        "ro": "și de în la a cu că pe nu din o care este un pentru mai sunt au",
        "tr": "ve bir bu da de için ile olarak çok daha olan gibi ne var sonra",
        "id": "yang dan di untuk dengan ini dari tidak pada itu dalam akan ke adalah oleh",
        "vi": "và của là có cho không được trong một các người này với những đã khi từ",
        "hr": "i je u na da se su za od koji s kao što bi nije o te će iz",
        "sw": "na ya wa kwa ni za katika la kuwa hiyo cha hii huo alisema",
        "ru": "и в на не что с по это из к от как за для о его был у что но",
        "uk": "і в на не що з до у та це за як від про для його був й але",
        "be": "і ў на не што з да у гэта за як ад пра для яго але",
        "bg": "и в на не че с по да се от за са като това е до",
        "sr": "и у на не да се је су за од као што би са али",
        "ar": "في من على إلى أن عن مع هذا التي ما لا بعد الذي كان هذه",
        "fa": "و در به از که این را با است برای آن می بود شد های",
        "ur": "کے میں کی ہے اور سے کا کو نے پر کہ ہیں یہ اس بھی",
    }
)
# Neighbours whose small words are too alike to overrule each other.
_FAMILIES = (
    "sv da nb nn no is fo",
    "es pt gl ca oc ast it ro",
    "hr sr bs sl mk bg sh cnr",
    "cs sk pl",
    "ru uk be bg mk sr",
    "id ms jv su",
    "nl af fy li",
    "de lb gsw nds",
    "fr oc ca wa ht",
    "en sco pcm",
    "ar fa ur ps ckb",
)


def article_language(declared: Iterable[str], given: str | None, text: str) -> str:
    """The first declared language that the text does not contradict, else the given one, else what the text looks like.

    "" when nothing says: an Article then asks for it.
    """
    script, small = main_script(text), _shares(text)
    candidates = [tag for tag in map(language_tag, [*declared, given or ""]) if tag]
    likely = _guess(script, small, text)
    for tag in candidates:
        if not _contradicts(tag, script, small, likely):
            return tag
    return likely or next(iter(candidates), "")


def language_tag(value: str) -> str:
    """`value`, as content systems and locales write it ("en_US.UTF-8", "pt-br"), as a BCP 47 tag; "" if it is none."""
    tag = value.strip().replace("_", "-").partition(".")[0]
    primary = tag.partition("-")[0].lower()
    return tag if LANGUAGE.fullmatch(tag) and len(primary) in (2, 3) and primary not in ("und", "mul", "zxx") else ""


def main_script(text: str) -> str:
    """The script that most letters are in, by the first word of their Unicode names; "" where no letter is."""
    counts = Counter(_script(letter) for letter in text[:_LETTERS] if letter.isalpha())
    if counts["HIRAGANA"] + counts["KATAKANA"] > counts["CJK"] / 10:  # a page in Chinese may name a Japanese thing
        counts["HIRAGANA"] += counts["CJK"] + counts["KATAKANA"]
    return counts.most_common(1)[0][0] if counts else ""


@cache
def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


def _shares(text: str) -> dict[str, float]:
    """For each language the share of the text's words that are its small words; empty for too few words."""
    words = re.findall(r"[^\W\d_]+", text[: _LETTERS * 2].casefold())
    if len(words) < _MIN_WORDS:
        return {}
    counts = Counter(words)
    return {language: sum(counts[word] for word in set(small.split())) / len(words) for language, small in _SMALL_WORDS.items()}


def _guess(script: str, small: dict[str, float], text: str) -> str:
    if script in _OF_SCRIPT:
        return _OF_SCRIPT[script]
    fitting = {language: share for language, share in small.items() if script in _SCRIPTS.get(language, (script,))}
    best = max(fitting, key=fitting.get, default="")
    return best if fitting.get(best, 0) >= _CLEARLY else ""


def _contradicts(tag: str, script: str, small: dict[str, float], likely: str) -> bool:
    primary, *rest = tag.lower().split("-")
    if script and not any(len(part) == 4 for part in rest) and script not in _SCRIPTS.get(primary, (script,)):
        return True
    related = any(primary in family.split() and likely in family.split() for family in _FAMILIES)
    if not likely or primary == likely or related or likely not in small:
        return False
    return primary in small and small[likely] >= _TIMES * small[primary]

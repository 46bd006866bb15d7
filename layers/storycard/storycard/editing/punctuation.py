"""Typed text into typeset text, as the language's newspapers print it: quotation marks, apostrophes, dashes, spaces."""

import re

from storycard.editing.quotation_marks import QuotationMarks, quotation_marks, spaces_guillemets
from storycard.editing.quotation_pairs import curl_quotes, strip_outer_marks

__all__ = ["QuotationMarks", "quotation_marks", "quoted", "typeset", "unquoted"]

# A mark that is set right can show what its neighbour is; sentences settle in one round, a heap of marks in a few.
_MAX_ROUNDS = 20

# What two typed hyphens stand for, or one between spaces; elsewhere it is the shorter dash.
_EM_DASH_LANGUAGES = frozenset({"be", "bg", "en", "es", "kk", "ky", "mn", "pt", "ru", "tg", "uk"})

# Where the full stop of a quoted sentence stands after the closing mark; question and exclamation marks stay inside it.
_STOP_AFTER_MARKS = frozenset({"be", "pl", "ru", "uk"})

# Symbols only: a word such as "million" may stand on the next line, "%" may not.
_UNITS = (
    r"%|‰|°[CFС]?|km(?:/h|²)?|[cm]m|m[²³]?|ha|[km]?g|t|[md]?l|mph|[kMGT]?Wh?|[kMG]?Hz|[KMGT]B|"
    r"€|£|\$|¥|₽|₴|₺|₹|₩|₪|zł|Kč|Ft|kr|lei|лв|км(?:/ч|/год|²)?|[см]м|м[²³]?|га|кг|г|т|л|[кМГ]Вт"
)
_DIGIT = re.compile(r"\d")
_SPACE_BEFORE_UNIT = re.compile(rf"(?<=\d) (?=(?:{_UNITS})(?!\w))")
_SPACE_IN_NUMBER = re.compile(r"(?<![\d.,])(\d{1,3})((?: \d{3})+)(?!\d)")
_SPACE_AFTER_SIGN = re.compile(r"(?<=[§№]) (?=\d)")
_SPACE_AFTER_INITIAL = re.compile(r"(?<!\w)([^\W\d_]\.) (?=([^\W\d_]))")


def typeset(text: str, language: str, *, within_quotation: bool = False) -> str:
    """`text` with its typewriter characters replaced; letters and digits stay, and what is right already stays as it is.

    `within_quotation` is for text that will be set between the language's outer marks: its own marks become the inner ones.
    """
    for _ in range(_MAX_ROUNDS):
        before, text = text, _set_spaces(_set_dashes(text, language), language)
        text = curl_quotes(text, language, within_quotation=within_quotation)
        text = _space_guillemets(text) if spaces_guillemets(language) else text
        if text == before:
            break
    return text


def quoted(text: str, language: str) -> str:
    """`text`, typeset, between the language's outer quotation marks; a full stop goes where the language has it."""
    marks = quotation_marks(language)
    words = typeset(text, language, within_quotation=True)
    stop = "." if language.lower().split("-")[0] in _STOP_AFTER_MARKS and re.search(r"[^.]\.$", words) else ""
    return f"{marks.open}{words.removesuffix(stop)}{marks.close}{stop}"


def unquoted(text: str) -> str:
    """`text` without the quotation marks that enclose the whole of it, in any language's style."""
    while (inner := strip_outer_marks(text)) != text:
        text = inner
    return text


def _set_dashes(text: str, language: str) -> str:
    if "-" not in text and "..." not in text:
        return text
    dash = "—" if language.lower().split("-")[0] in _EM_DASH_LANGUAGES else "–"
    text = re.sub(r"(?<!\.)\.\.\.(?!\.)", "…", text)
    text = re.sub(r"(?<=\d)--(?=\d)", "–", text)  # from 3 to 5, in every language
    # A dash typed as a hyphen has a space on either side; between two numbers it may be a minus, or a score.
    text = re.sub(r"(?<=[^\s-] )-(?= [^\s\d-])|(?<=[^\W\d_] )-(?= \d)", dash, text)
    # Between words, between spaces, or where speech breaks off; "--help" and rules of hyphens are something else.
    return re.sub(r"(?<=[^\s-])--(?=[^\s\d-])|(?<= )--(?= )|(?<=\w)---?(?=[\s\"'”’»]|$)|(?<=[^\s-])---(?=[^\s-])", dash, text)


def _set_spaces(text: str, language: str) -> str:
    if _DIGIT.search(text):
        text = _SPACE_BEFORE_UNIT.sub("\u00a0", text)
        text = _SPACE_AFTER_SIGN.sub("\u00a0", text)
        text = _SPACE_IN_NUMBER.sub(lambda match: match[0].replace(" ", "\u00a0"), text)
    if ". " in text:
        text = _SPACE_AFTER_INITIAL.sub(lambda m: f"{m[1]}\u00a0" if m[1].isupper() and m[2].isupper() else m[0], text)
    if language.lower().split("-")[0] == "fr":
        # Only where a space stands already: "Yahoo!" and "10:30" have none for a reason.
        text = re.sub(r"(?<=\S) (?=[;!?])", "\u202f", text)
        text = re.sub(r"(?<=\S) (?=:(?:\s|$))", "\u00a0", text)
    return text


def _space_guillemets(text: str) -> str:
    text = re.sub(r"« ?(?=[^\s»])", "«\u00a0", text)
    return re.sub(r"(?<=[^\s«]) ?»", "\u00a0»", text)

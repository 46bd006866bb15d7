"""Replaces typewriter characters with typeset ones: quotation marks, apostrophes, dashes and spaces."""

import re
from functools import lru_cache

from storycard.editing.quotation_pairs import curl_quotes, strip_outer_marks
from storycard.language.language import Language

# A corrected mark can change the role of its neighbour. Sentences need one round; long sequences of marks need a few.
_MAX_ROUNDS = 20

_DIGIT = re.compile(r"\d")
_SPACE_IN_NUMBER = re.compile(r"(?<![\d.,])(\d{1,3})((?: \d{3})+)(?!\d)")
_SPACE_AFTER_SIGN = re.compile(r"(?<=[§№]) (?=\d)")
_SPACE_AFTER_INITIAL = re.compile(r"(?<!\w)([^\W\d_]\.) (?=([^\W\d_]))")


@lru_cache(maxsize=128)  # each format tries the same bullets and quotes
def typeset(text: str, language: Language, *, within_quotation: bool = False) -> str:
    """Returns `text` as the language's newspapers print it. Letters, digits and characters that are already right stay.

    Set `within_quotation` for text that goes between the language's outer marks: its own marks become the inner ones.
    """
    for _ in range(_MAX_ROUNDS):
        before, text = text, _set_spaces(_set_dashes(text, language.dash), language)
        text = curl_quotes(text, language, within_quotation=within_quotation)
        text = _space_guillemets(text) if language.spaced_guillemets else text
        if text == before:
            break
    return text


def quoted(text: str, language: Language) -> str:
    """Returns `text`, typeset, between the language's outer quotation marks."""
    marks = language.marks
    words = typeset(text, language, within_quotation=True)
    # Question and exclamation marks stay inside the marks in every language.
    stop = "." if language.full_stop_after_quotation and re.search(r"[^.]\.$", words) else ""
    return f"{marks.open}{words.removesuffix(stop)}{marks.close}{stop}"


def unquoted(text: str) -> str:
    """Returns `text` without the quotation marks, of any language, that enclose all of it."""
    while (inner := strip_outer_marks(text)) != text:
        text = inner
    return text


def _set_dashes(text: str, dash: str) -> str:
    if "-" not in text and "..." not in text:
        return text
    text = re.sub(r"(?<!\.)\.\.\.(?!\.)", "…", text)
    text = re.sub(r"(?<=\d)--(?=\d)", "–", text)  # a range such as 3--5 has an en dash in every language
    # A hyphen with a space on either side is a typed dash. Between two numbers it may be a minus sign or a score.
    text = re.sub(r"(?<=[^\s-] )-(?= [^\s\d-])|(?<=[^\W\d_] )-(?= \d)", dash, text)
    # Two hyphens are a typed dash between words, between spaces and where speech breaks off, but not in "--help" or in rules.
    return re.sub(r"(?<=[^\s-])--(?=[^\s\d-])|(?<= )--(?= )|(?<=\w)---?(?=[\s\"'”’»]|$)|(?<=[^\s-])---(?=[^\s-])", dash, text)


def _set_spaces(text: str, language: Language) -> str:
    if _DIGIT.search(text):
        text = language.space_before_unit.sub("\u00a0", text)
        text = _SPACE_AFTER_SIGN.sub("\u00a0", text)
        text = _SPACE_IN_NUMBER.sub(lambda match: match[0].replace(" ", "\u00a0"), text)
    if ". " in text:
        text = _SPACE_AFTER_INITIAL.sub(lambda m: f"{m[1]}\u00a0" if m[1].isupper() and m[2].isupper() else m[0], text)
    if language.spaced_punctuation:
        # Only where a space was typed: "Yahoo!" and "10:30" have none on purpose.
        text = re.sub(r"(?<=\S) (?=[;!?])", "\u202f", text)
        text = re.sub(r"(?<=\S) (?=:(?:\s|$))", "\u00a0", text)
    return text


def _space_guillemets(text: str) -> str:
    text = re.sub(r"« ?(?=[^\s»])", "«\u00a0", text)
    return re.sub(r"(?<=[^\s«]) ?»", "\u00a0»", text)

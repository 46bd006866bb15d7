"""Determines an article's language from its declarations, its source's configuration and its text (docs/articles.md)."""

from collections.abc import Iterable

from storycard.language.detection import are_related, detect_languages, has_several_scripts, known_language
from storycard.language.tags import language_tag, parse_tag

_MIN_PROBABILITY = 0.15  # of a detected language; headlines of the samples have 0.4 or more, lone words 0.03
_IMPOSSIBLE = 1e-7  # a declared language less probable than this is wrong, however short the text
_UNLIKELY = 0.01  # so is one less probable than this
_PLAIN_CHINESE = frozenset({"zh", "zho", "chi"})
_MIN_WORDS = 30  # if the text has at least this many words


def article_language(declared: Iterable[str], given: str | None, text: str) -> str:
    """Returns the first of the declared languages, then of `given`, that `text` does not contradict, else the detected one.

    Returns "" if nothing is declared and the text is too short to tell.
    """
    candidates = [tag for tag in map(language_tag, [*declared, given or ""]) if tag]
    probabilities = detect_languages(text)
    likely = max(probabilities, key=lambda language: probabilities[language], default="")
    if probabilities.get(likely, 0.0) < _MIN_PROBABILITY:
        found = next(iter(candidates), "")
    else:
        found = next((tag for tag in candidates if not _contradicts(tag, likely, probabilities, text)), likely)
    return with_chinese_script(found, text)


def with_chinese_script(tag: str, text: str) -> str:
    """Returns "zh-Hant" for a plain "zh" if `text` is in Traditional characters; any other tag stays as it is.

    Plain "zh" is otherwise Simplified. GB 2312 has the characters of Simplified text, Big5 those of Traditional text; the
    characters that both have do not count.
    """
    if tag.lower() not in _PLAIN_CHINESE:
        return tag
    characters = [character for character in text if character.isalpha() and not character.isascii()]
    simplified, traditional = ([_is_in(charset, character) for character in characters] for charset in ("gb2312", "big5"))
    return "zh-Hant" if sum(traditional) > sum(simplified) else tag


def _is_in(charset: str, character: str) -> bool:
    return bool(character.encode(charset, "ignore"))


def _contradicts(tag: str, likely: str, probabilities: dict[str, float], text: str) -> bool:
    language = known_language(tag)
    if not language or has_several_scripts(language) or parse_tag(tag).script or are_related(language, likely):
        return False
    limit = _UNLIKELY if len(text.split()) >= _MIN_WORDS else _IMPOSSIBLE
    return probabilities.get(language, 0.0) < limit

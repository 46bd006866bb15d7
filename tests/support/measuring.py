"""Measures a text by all that is known of its language, as `layout/composer.py` does."""

from storycard.text.fonts.library import FontLibrary
from storycard.text.paragraph import Paragraph, measure
from storycard.text.style import TextStyle
from support.reading import LANGUAGES


def measure_in(language: str, text: str, style: TextStyle, fonts: FontLibrary) -> Paragraph:
    """Returns the paragraph without the cache of `measure`."""
    known = LANGUAGES.of(language)
    wide = known.full_width_quotation_marks
    return measure.__wrapped__(text, language, known.rtl, style, fonts, known.break_words, wide)

"""Fonts for tests of type: the project's own come with `assets`, the blocks of block_font.py from here."""

from collections.abc import Callable

import pytest

from storycard.text.fonts.library import FontLibrary
from storycard.text.paragraph import Paragraph
from support.block_font import block_fonts, block_paragraph


@pytest.fixture(scope="session")
def blocks(tmp_path_factory: pytest.TempPathFactory) -> FontLibrary:
    return block_fonts(tmp_path_factory.mktemp("fonts"))


@pytest.fixture(scope="session")
def paragraph(blocks: FontLibrary) -> Callable[..., Paragraph]:
    """`paragraph("one two", leading=1.5)` is that text measured in blocks."""
    return lambda text, **style: block_paragraph(text, blocks, **style)

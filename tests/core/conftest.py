"""Provides text in the block font; the fixture `assets` has the project's own fonts."""

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
    """Returns a function that measures text in the block font, such as `paragraph("one two", leading=1.5)`."""
    return lambda text, **style: block_paragraph(text, blocks, **style)

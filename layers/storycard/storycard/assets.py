"""An assets folder into one value that rendering needs: formats, themes, fonts and marks."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from storycard.formats import Format, load_formats, named
from storycard.text.fonts import FontLibrary, load_fonts
from storycard.theme import Theme, load_theme

if TYPE_CHECKING:
    from PIL import Image

DEFAULT_THEME = "broadsheet"


@dataclass(frozen=True, slots=True)
class Assets:
    """Everything a card is made from besides the article. Fonts and marks are opened when first drawn."""

    folder: Path
    formats: Mapping[str, Format]
    themes: Mapping[str, Theme]
    fonts: FontLibrary

    def theme(self, name: str | None) -> Theme:
        """A theme by name, the default for None. Raises UnknownName listing the themes there are."""
        return self.themes[named(self.themes, name or DEFAULT_THEME, "theme")]

    def mark_mask(self, name: str, height: int) -> "Image.Image":
        """The coverage of a brand mark (mode L), `height` px high."""
        return _mark_mask(self.folder / "marks" / f"{name}.png", height)


def load_assets(folder: Path) -> Assets:
    """Read the tables of an assets folder. Raises AssetInvalid for the first key that is not right."""
    themes = {path.stem: load_theme(path) for path in sorted((folder / "themes").glob("*.toml"))}
    return Assets(folder, load_formats(folder / "formats.toml"), MappingProxyType(themes), load_fonts(folder / "fonts"))


@lru_cache(maxsize=64)
def _mark_mask(path: Path, height: int) -> "Image.Image":
    from PIL import Image  # not needed by functions that only look cards up

    with Image.open(path) as mark:
        return mark.getchannel("A").resize((round(mark.width * height / mark.height), height), Image.Resampling.LANCZOS)

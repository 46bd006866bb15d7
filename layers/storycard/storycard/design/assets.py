"""An assets folder into one value that rendering needs: formats, themes, brands, words, fonts and marks."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from storycard.article import Article
from storycard.design.brand import Brand, load_brand, logo_ratio
from storycard.design.formats import Format, load_formats
from storycard.design.render_context import RenderContext
from storycard.design.theme import Theme
from storycard.design.theme_reader import load_theme_tables, read_theme
from storycard.errors import AssetInvalid, require_known_name
from storycard.language.languages import Languages, load_languages
from storycard.text.fonts.library import FontLibrary
from storycard.text.fonts.reader import load_fonts
from storycard.toml_reader import merge

if TYPE_CHECKING:
    from PIL import Image

    from storycard.photo import Photo


@dataclass(frozen=True)
class Assets:
    """Everything a card is made from besides the article. Fonts and marks are opened when first drawn."""

    folder: Path
    formats: Mapping[str, Format]
    themes: Mapping[str, Theme]
    brands: Mapping[str, Brand]
    languages: Languages
    fonts: FontLibrary
    theme_tables: Mapping[str, Mapping[str, Any]]  # what the themes were read from, for brands to change
    designs: dict[tuple[str, ...], Theme]  # by brand, theme and section

    def render_context(
        self,
        article: Article,
        theme: str | None = None,
        *,
        photo: "Photo | None" = None,
        today: date | None = None,
        preview: bool = False,
    ) -> RenderContext:
        """How an article is drawn: in its brand's design for its section, or in the theme named.

        Raises UnknownName listing the themes there are.
        """
        if theme is not None:
            require_known_name(self.themes, theme, "theme")
        brand = self.brand(article.brand)
        design = self._design(brand, theme, article)
        return RenderContext(design, brand, self.languages.of(article.language), photo, today, preview)

    def brand(self, name: str) -> Brand:
        """The brand of this name, the default one for none. A newsroom without a kit has its name and the default's rules."""
        default = next(brand for brand in self.brands.values() if brand.is_default)
        known = (brand for brand in self.brands.values() if name.casefold() in (brand.name.casefold(), brand.title.casefold()))
        return next(known, None) or (replace(default, title=name, site="", light=None, dark=None) if name else default)

    def logo(self, file: str, height: int) -> "Image.Image":
        """A brand's mark (RGBA), `height` px high."""
        return _logo(self.folder / "marks" / file, height)

    def _design(self, brand: Brand, theme_name: str | None, article: Article) -> Theme:
        section = brand.section(article.section, article.kicker)
        own = (section.theme if section else "") or brand.theme
        name = theme_name or own
        if name != own:  # a section's colours were chosen for the theme it usually has
            section = None
        key = (brand.name, name, section.name if section else "")
        if key not in self.designs:
            values = merge(self.theme_tables[name], brand.changes.get(name, {}))
            if section:
                values = merge(values, {"colours": dict(section.colours)})
            self.designs[key] = read_theme(name, values, f"{name}.toml as {brand.name}.toml changes it")
        return self.designs[key]


def load_assets(folder: Path, brand: str = "") -> Assets:
    """Read the tables of an assets folder; `brand` is the default one, if not the one whose file says so.

    Raises AssetInvalid for the first key that is not right, and for a brand that has no file.
    """
    tables = load_theme_tables(folder / "themes")
    themes = {name: read_theme(name, values, f"{name}.toml") for name, values in tables.items()}
    fonts = load_fonts(folder / "fonts")
    for theme in themes.values():
        check_fonts(theme, fonts)
    brands = {path.stem: load_brand(path, folder / "marks") for path in sorted((folder / "brands").glob("*.toml"))}
    _check_brands(brands, themes)
    if brand:
        if brand not in brands:
            raise AssetInvalid("brand", "one of assets/brands: " + ", ".join(brands), repr(brand))
        brands = {name: replace(each, is_default=name == brand) for name, each in brands.items()}
    return Assets(
        folder=folder,
        formats=load_formats(folder / "formats.toml"),
        themes=MappingProxyType(themes),
        brands=MappingProxyType(brands),
        languages=load_languages(folder / "languages"),
        fonts=fonts,
        theme_tables=MappingProxyType(tables),
        designs={},
    )


def check_fonts(theme: Theme, fonts: FontLibrary) -> None:
    """Raises AssetInvalid for a role in a family that is not there."""
    families = {font.style.family for font in fonts.fonts}
    for name, role in theme.roles.items():
        if role.style.font.family not in families:
            raise AssetInvalid(
                f"{theme.name}.toml: roles.{name}.family",
                "a family of fonts.toml: " + ", ".join(sorted(families)),
                repr(role.style.font.family),
            )


def _check_brands(brands: Mapping[str, Brand], themes: Mapping[str, Theme]) -> None:
    defaults = [brand.name for brand in brands.values() if brand.is_default]
    if len(defaults) != 1:
        raise AssetInvalid("brands", "one brand with default = true", ", ".join(defaults) or "none")
    for brand in brands.values():
        wanted = {"theme": brand.theme} | {f"sections.{key}.theme": section.theme for key, section in brand.sections.items()}
        wanted |= {f"themes.{name}": name for name in brand.changes}
        for key, name in wanted.items():
            if name and name not in themes:
                raise AssetInvalid(f"{brand.name}.toml: {key}", "one of " + ", ".join(themes), repr(name))


@lru_cache(maxsize=64)
def _logo(path: Path, height: int) -> "Image.Image":
    from storycard.painting.logos import draw_logo  # Pillow: not needed by functions that only look cards up

    drawing = path.read_bytes()
    return draw_logo(drawing, path.name, round(height * logo_ratio(drawing, path.name)), height)

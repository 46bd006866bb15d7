"""Loads an assets folder: formats, themes, brands, languages and fonts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from storycard.article import Article
from storycard.design.brand import Brand, Section, load_brand
from storycard.design.formats import Format, load_formats
from storycard.design.render_context import RenderContext
from storycard.design.theme import Theme
from storycard.design.theme_reader import ThemeTables, load_labels_table, read_theme, strands_of
from storycard.errors import AssetInvalid, require_known_name
from storycard.language.languages import Languages, load_languages
from storycard.text.fonts.library import FontLibrary
from storycard.text.fonts.reader import load_fonts
from storycard.toml_reader import merge

if TYPE_CHECKING:
    from storycard.photo import Photo


class _Themes(Mapping[str, Theme]):
    """The themes by name. Each is read when first needed, because reading all takes as long as rendering ten cards."""

    def __init__(self, tables: Mapping[str, Mapping[str, object]], fonts: FontLibrary) -> None:
        self._tables, self._fonts = tables, fonts
        self._read: dict[str, Theme] = {}

    def __getitem__(self, name: str) -> Theme:
        if name not in self._read:
            theme = read_theme(name, self._tables[name], f"{name}.toml")
            check_fonts(theme, self._fonts)
            self._read[name] = theme
        return self._read[name]

    def __contains__(self, name: object) -> bool:
        return name in self._tables

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)


@dataclass(frozen=True)
class Assets:
    """Everything a card is made from besides the article. Fonts and logos are opened when first needed."""

    folder: Path
    formats: Mapping[str, Format]
    themes: Mapping[str, Theme]
    brands: Mapping[str, Brand]
    languages: Languages
    fonts: FontLibrary
    theme_tables: Mapping[str, Mapping[str, object]]  # the TOML of the themes, to which brands and sections apply changes
    _designs: dict[tuple[str, ...], Theme] = field(  # a cache, filled as designs are needed
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def logo_folder(self) -> Path:
        """The folder of the brands' logos."""
        return self.folder / "marks"

    def render_context(
        self,
        article: Article,
        theme: str | None = None,
        *,
        photo: "Photo | None" = None,
        today: date | None = None,
        preview: bool = False,
    ) -> RenderContext:
        """Chooses the design of an article: its brand's theme for its section, or the named theme, with the brand's changes.

        Raises UnknownName listing the known themes.
        """
        if theme is not None:
            require_known_name(self.themes, theme, "theme")
        brand = self.brand(article.brand)
        section = brand.section(article.section, article.kicker)
        usual = (section.theme if section else "") or brand.theme
        if theme and theme != usual:
            section = None  # its colours were chosen for the theme that it usually has
        language = self.languages.of(article.language)
        return RenderContext(self._design(brand, theme or usual, section), brand, language, photo, today, preview)

    def brand(self, name: str) -> Brand:
        """Returns the brand of this name or title, in any case; the default brand for "".

        An unknown brand gets the default brand's rules under its own name, without logos.
        """
        default = next(brand for brand in self.brands.values() if brand.is_default)
        if not name:
            return default
        known = (brand for brand in self.brands.values() if name.casefold() in (brand.name.casefold(), brand.title.casefold()))
        return next(known, None) or replace(default, title=name, site="", light=None, dark=None)

    def _design(self, brand: Brand, theme: str, section: Section | None) -> Theme:
        key = (brand.name, theme, section.name if section else "")
        if key not in self._designs:
            values = merge(self.theme_tables[theme], brand.changes.get(theme, {}))
            if section:
                values = merge(values, strands_of(values).get(section.strand, {}))
                values = merge(values, {"colours": dict(section.colours)})
            design = read_theme(theme, values, f"{theme}.toml with the changes in {brand.name}.toml")
            check_fonts(design, self.fonts)
            self._designs[key] = design
        return self._designs[key]


def load_assets(folder: Path, brand: str = "") -> Assets:
    """Reads the tables of an assets folder. `brand` replaces the default brand that the brands' own files name.

    Raises AssetInvalid for the first invalid key, and for a `brand` that has no file. The file of a theme is read when the theme
    is first needed.
    """
    tables = ThemeTables(folder / "themes", load_labels_table(folder))
    fonts = load_fonts(folder / "fonts")
    brands = {path.stem: load_brand(path, folder / "marks") for path in sorted((folder / "brands").glob("*.toml"))}
    _check_brands(brands, tables)
    if brand:
        if brand not in brands:
            raise AssetInvalid("brand", "one of assets/brands: " + ", ".join(brands), repr(brand))
        brands = {name: replace(each, is_default=name == brand) for name, each in brands.items()}
    return Assets(
        folder=folder,
        formats=load_formats(folder / "formats.toml"),
        themes=_Themes(tables, fonts),
        brands=MappingProxyType(brands),
        languages=load_languages(folder / "languages"),
        fonts=fonts,
        theme_tables=tables,
    )


def check_fonts(theme: Theme, fonts: FontLibrary) -> None:
    """Raises AssetInvalid for a role whose font family is not in fonts.toml."""
    families = {font.style.family for font in fonts.fonts}
    for name, role in theme.roles.items():
        if role.style.font.family not in families:
            raise AssetInvalid(
                f"{theme.name}.toml: roles.{name}.family",
                "a family of fonts.toml: " + ", ".join(sorted(families)),
                repr(role.style.font.family),
            )


def _check_brands(brands: Mapping[str, Brand], themes: Mapping[str, Mapping[str, object]]) -> None:
    """Raises AssetInvalid unless one brand is the default, and every theme and strand that a brand names exists."""
    defaults = [brand.name for brand in brands.values() if brand.is_default]
    if len(defaults) != 1:
        raise AssetInvalid("brands", "one brand with default = true", ", ".join(defaults) or "none")
    for brand in brands.values():
        wanted = {"theme": brand.theme} | {f"sections.{key}.theme": section.theme for key, section in brand.sections.items()}
        wanted |= {f"themes.{name}": name for name in brand.changes}
        for key, name in wanted.items():
            if name and name not in themes:
                raise AssetInvalid(f"{brand.name}.toml: {key}", "one of " + ", ".join(themes), repr(name))
        for key, section in brand.sections.items():
            if not section.strand:
                continue
            theme = section.theme or brand.theme
            strands = (*strands_of(themes[theme]), *strands_of(brand.changes.get(theme, {})))
            if section.strand not in strands:
                expected = f"a strand of the theme {theme}: {', '.join(strands) or 'it has none'}"
                raise AssetInvalid(f"{brand.name}.toml: sections.{key}.strand", expected, repr(section.strand))

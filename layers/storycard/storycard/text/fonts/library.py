"""Chooses fonts from the library: the best match for a style, and the fallbacks for scripts it lacks."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from storycard.errors import AssetInvalid, shown
from storycard.text.fonts.font import Font
from storycard.text.style import FontStyle


class Fallback(NamedTuple):
    """A family to use where the theme's own family lacks characters.

    `scripts` (ISO 15924) and `languages` (BCP 47 prefixes) limit what it is for; empty means any. `genre` is "serif", "sans" or
    "": fallbacks of the theme's genre are tried before those of the other. `instead_of` names families that have the
    characters, but not in the forms that `languages` use. Text is set no lighter than `least_weight`, which keeps thin strokes
    legible in a feed. `small` tells whether they are in small text too.
    """

    family: str
    scripts: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    genre: str = ""
    instead_of: tuple[str, ...] = ()
    least_weight: int = 1
    small: bool = True

    def applies_to(self, script: str, language: str) -> bool:
        """Returns whether the fallback is for this script and BCP 47 tag."""
        tag = language.lower()
        is_listed = any(tag == prefix.lower() or tag.startswith(f"{prefix.lower()}-") for prefix in self.languages)
        return (not self.scripts or script in self.scripts) and (not self.languages or is_listed)


_Key = tuple[FontStyle, str, str]  # a style, a script and a language


@dataclass(frozen=True, eq=False)
class FontLibrary:
    """All fonts of an assets folder. `digest` changes with any font file, and with it the names of cards."""

    fonts: tuple[Font, ...]
    fallbacks: tuple[Fallback, ...]
    digest: str
    _matches: dict[FontStyle, Font] = field(default_factory=dict, init=False, repr=False)
    _localised: dict[_Key, tuple[Font, ...]] = field(default_factory=dict, init=False, repr=False)
    _fallback_fonts: dict[_Key, tuple[Font, ...]] = field(default_factory=dict, init=False, repr=False)

    def match(self, style: FontStyle) -> Font:
        """Returns the font of the style's family that is nearest to it: upright or italic first, then the nearest weight.

        Raises AssetInvalid if no font list names the family.
        """
        if style not in self._matches:
            family = [font for font in self.fonts if font.style.family == style.family]
            if not family:
                known = ", ".join(sorted({font.style.family for font in self.fonts}))
                raise AssetInvalid("family", f"one of {known}", shown(style.family))

            def distance(font: Font) -> tuple[bool, int]:
                return font.style.italic != style.italic, abs(font.style.weight - style.weight)

            self._matches[style] = min(family, key=distance)
        return self._matches[style]

    def localised_fonts(self, style: FontStyle, script: str, language: str) -> tuple[Font, ...]:
        """Returns the fonts to try before the style's own, which has the characters but not the forms of `language`."""
        key = style, script, language
        if key not in self._localised:
            found = (item for item in self.fallbacks if style.family in item.instead_of and item.applies_to(script, language))
            self._localised[key] = tuple(self._in_style(fallback, style) for fallback in found)
        return self._localised[key]

    def fallback_fonts(self, style: FontStyle, script: str, language: str) -> tuple[Font, ...]:
        """Returns the fonts to try for text of `script` in `language` that the style's own font lacks.

        They are in the order of fonts.toml, except that those of another genre than the style's family come last.
        """
        # A Japanese text changes script, and so needs the same fonts again, at every other word.
        key = style, script, language
        if key not in self._fallback_fonts:
            genre = next((fallback.genre for fallback in self.fallbacks if fallback.family == style.family), "")
            meant = (item for item in self.fallbacks if item.family != style.family and item.applies_to(script, language))
            found = [item for item in meant if item.small or not style.small]
            found.sort(key=lambda fallback: bool(genre and fallback.genre) and fallback.genre != genre)
            self._fallback_fonts[key] = tuple(self._in_style(fallback, style) for fallback in found)
        return self._fallback_fonts[key]

    def last_resort_fonts(self, style: FontStyle) -> Iterator[Font]:
        """Yields every fallback, for a character that no font meant for its script has."""
        for fallback in self.fallbacks:
            yield self._in_style(fallback, style)

    def _in_style(self, fallback: Fallback, style: FontStyle) -> Font:
        return self.match(FontStyle(fallback.family, max(style.weight, fallback.least_weight), style.italic))

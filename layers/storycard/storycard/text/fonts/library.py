"""Chooses fonts from the library: the best match for a style, and the fallbacks for scripts it lacks."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from storycard.errors import AssetInvalid, shown
from storycard.text.fonts.font import Font
from storycard.text.style import FontStyle


class Fallback(NamedTuple):
    """A family that stands in for what a theme's own family lacks.

    `scripts` (ISO 15924) it is for, any when empty; `languages` (BCP 47 prefixes) it is for, any when empty. `genre`, "serif"
    or "sans", puts it before those of another genre in a theme that is set in its own. `instead_of` names families that have
    the letters, but not in the forms these languages write.
    """

    family: str
    scripts: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    genre: str = ""
    instead_of: tuple[str, ...] = ()

    def serves(self, script: str, language: str) -> bool:
        tag = language.lower()
        spoken = any(tag == known.lower() or tag.startswith(f"{known.lower()}-") for known in self.languages)
        return (not self.scripts or script in self.scripts) and (not self.languages or spoken)


@dataclass(frozen=True, eq=False)
class FontLibrary:
    """Every font of an assets folder. `digest` changes when any file does, so that cards are named anew."""

    fonts: tuple[Font, ...]
    fallbacks: tuple[Fallback, ...]
    digest: str
    _matches: dict[FontStyle, Font] = field(default_factory=dict, init=False, repr=False)
    _local_forms: dict[tuple[FontStyle, str, str], tuple[Font, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _stand_ins: dict[tuple[FontStyle, str, str], tuple[Font, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def match(self, style: FontStyle) -> Font:
        """The font nearest to `style`: its family, then upright or italic, then the nearest weight.

        Raises AssetInvalid when the family is not in fonts.toml.
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

    def local_forms(self, style: FontStyle, script: str, language: str) -> tuple[Font, ...]:
        """The fonts to try before `style`'s own, which has the letters but not as `language` writes them."""
        key = style, script, language
        if key not in self._local_forms:
            serving = (item for item in self.fallbacks if style.family in item.instead_of and item.serves(script, language))
            self._local_forms[key] = tuple(self._in_style(fallback, style) for fallback in serving)
        return self._local_forms[key]

    def stand_ins(self, style: FontStyle, script: str, language: str) -> tuple[Font, ...]:
        """The fonts to try for text of `script` in `language` that `style`'s own font cannot draw.

        They come in the list's order, but those of another genre than `style`'s family last.
        """
        key = style, script, language
        if key not in self._stand_ins:  # Japanese changes its script, and so asks again, at every other word
            genre = next((fallback.genre for fallback in self.fallbacks if fallback.family == style.family), "")
            serving = [item for item in self.fallbacks if item.family != style.family and item.serves(script, language)]
            serving.sort(key=lambda fallback: bool(genre and fallback.genre) and fallback.genre != genre)
            self._stand_ins[key] = tuple(self._in_style(fallback, style) for fallback in serving)
        return self._stand_ins[key]

    def last_resorts(self, style: FontStyle) -> Iterator[Font]:
        """Every stand-in, for a character that none meant for its script can draw."""
        for fallback in self.fallbacks:
            yield self._in_style(fallback, style)

    def _in_style(self, fallback: Fallback, style: FontStyle) -> Font:
        return self.match(FontStyle(fallback.family, style.weight, style.italic))

"""Checks a theme file for `storycard theme check`, and reports the fonts, sizes and contrasts of a valid one."""

from pathlib import Path

from storycard.design import contrast
from storycard.design.assets import Assets, check_fonts
from storycard.design.theme import Theme
from storycard.design.theme_reader import load_theme_table, read_theme


def check_theme(path: Path, assets: Assets) -> str:
    """Returns the report on a valid theme. Raises AssetInvalid for an invalid theme, OSError for an unreadable file."""
    theme = read_theme(path.stem, load_theme_table(path, assets.theme_tables), path.name)
    check_fonts(theme, assets.fonts)
    return report(theme)


def report(theme: Theme) -> str:
    """Lists each role's font, its sizes in px on a card 1080 px wide, and its contrast with its background."""
    rows = [f"{theme.title}: every key is right, and every role can be read on its background"]
    for name, role in theme.roles.items():
        font = role.style.font
        sizes = theme.sizes(role, 1.0)
        ratio = contrast.ratio(role.colour, theme.background_of(name))
        face = f"{font.family} {font.weight}{' italic' if font.italic else ''}"
        rows.append(f"  {name:13} {face:28} {min(sizes):3} to {max(sizes):3} px   {ratio:5.1f}:1 on {theme.background_of(name)}")
    return "\n".join(rows)

"""A theme file that is still being made into either a complaint that names its key, or what is worth knowing about it."""

from pathlib import Path

from storycard.design import contrast
from storycard.design.assets import Assets, check_fonts
from storycard.design.theme import Theme
from storycard.design.theme_reader import load_theme_table, read_theme


def check_theme(path: Path, assets: Assets) -> str:
    """A few lines about a good theme. Raises AssetInvalid for one that cannot be used, OSError for a file that cannot be read."""
    theme = read_theme(path.stem, load_theme_table(path, assets.theme_tables), path.name)
    check_fonts(theme, assets.fonts)
    return report(theme)


def report(theme: Theme) -> str:
    """What each role looks like: its font, the px it may take at 1080 wide, and its contrast with what it lies on."""
    rows = [f"{theme.title}: every key is right, and every role can be read on its ground"]
    for name, role in theme.roles.items():
        font = role.style.font
        sizes = theme.sizes(role, 1.0)
        ratio = contrast.ratio(role.colour, theme.background_of(name))
        face = f"{font.family} {font.weight}{' italic' if font.italic else ''}"
        rows.append(f"  {name:13} {face:28} {min(sizes):3} to {max(sizes):3} px   {ratio:5.1f}:1 on {theme.background_of(name)}")
    return "\n".join(rows)

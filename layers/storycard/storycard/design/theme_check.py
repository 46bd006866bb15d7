"""Reads a theme file for `storycard theme check`, and reports the fonts, sizes and colours of a valid one."""

from collections.abc import Mapping
from pathlib import Path

from storycard.design.assets import Assets, check_fonts
from storycard.design.theme import Theme
from storycard.design.theme_reader import load_labels_table, load_theme_table, read_theme, strands_of
from storycard.toml_reader import merge


def read_theme_file(path: Path, assets: Assets) -> Mapping[str, Theme]:
    """Returns a valid theme by its file's name, then the theme in each of its strands by file and strand.

    Raises AssetInvalid for an invalid theme or strand, OSError for an unreadable file.
    """
    table = load_theme_table(path, assets.theme_tables, load_labels_table(assets.folder))
    themes = {path.name: read_theme(path.stem, table, path.name)}
    for name, changes in strands_of(table).items():
        place = f"{path.name} with strands.{name}"
        themes[place] = read_theme(path.stem, merge(table, changes), place)
    for theme in themes.values():
        check_fonts(theme, assets.fonts)
    return themes


def report(theme: Theme) -> str:
    """Lists the font, the sizes in px on the reference format, and the colour of each text of each kind of card.

    The sizes are those of all compositions of a kind, and the colour is the last one's.
    """
    rows = [f"{theme.title}: every key is right, and every text can be read on what is behind it, also in a feed"]
    for (kind, shape), compositions in theme.compositions.items():
        for name, part in compositions[-1].parts.items():
            roles = [each.parts[name].role for each in compositions if name in each.parts]
            font = part.role.style.font
            face = f"{font.family} {font.weight}{' italic' if font.italic else ''}"
            px = f"{min(role.min_px for role in roles):3} to {max(role.max_px for role in roles):3} px"
            rows.append(f"  {kind:9} {shape:7} {name:11} {face:32} {px}   {part.role.colour}")
    return "\n".join(rows)

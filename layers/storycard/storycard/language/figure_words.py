"""Defines the words of a language by which the figure in a key fact is found, and reads them from its file."""

from dataclasses import dataclass, fields

from storycard.toml_reader import Table


@dataclass(frozen=True, eq=False)
class FigureWords:
    """The words around figures, each list as it stands in `[figures]`. `assets/languages/README.md` explains the fields.

    A low line is a space. An entry that ends in "-" stands for all words that begin with it, one that begins with "-" for all
    that end with it. Instances are compared by identity, so that patterns can be kept for each.
    """

    magnitudes: tuple[str, ...] = ()
    currencies: tuple[str, ...] = ()
    currencies_before: tuple[str, ...] = ()
    percents: tuple[str, ...] = ()
    percents_before: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    plural_endings: tuple[str, ...] = ()
    durations: tuple[str, ...] = ()
    lasting: tuple[str, ...] = ()
    hedges: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    comparisons: tuple[str, ...] = ()
    compared: tuple[str, ...] = ()
    partitives: tuple[str, ...] = ()
    per: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    definite: tuple[str, ...] = ()
    refused_after: tuple[str, ...] = ()
    negations: tuple[str, ...] = ()
    joins: tuple[str, ...] = ()
    numerals: tuple[str, ...] = ()
    shares: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    known: bool = False  # whether the language has the table


FIGURE_KEYS = tuple(field.name for field in fields(FigureWords) if field.name != "known")
RATIOS = ("shares", "parts")


def read_figure_words(table: Table | None) -> FigureWords:
    """Reads the table `[figures]`. Raises AssetInvalid naming the key at fault."""
    if table is None:
        return FigureWords()
    table.only(*FIGURE_KEYS)
    lists = {key: tuple(table.text(key, "").split()) for key in FIGURE_KEYS}
    for key in RATIOS:
        for ratio in lists[key]:
            if ratio.count("{n}") != 1 or ratio.count("{m}") != 1:
                raise table.wrong(key, 'ratios such as "{n}_in_{m}"', repr(ratio))
    return FigureWords(**lists, known=True)

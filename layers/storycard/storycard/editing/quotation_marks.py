"""A language tag into the quotation marks its newspapers print: QuotationMarks."""

from types import MappingProxyType
from typing import NamedTuple

# Unicode CLDR 48, delimiters.json (https://github.com/unicode-org/cldr-json, cldr-misc-full): outer pair, then inner pair.
_CLDR = {
    "“”‘’": "af as az bn ckb cy da en es fil fo ga gd gl gu ha hi id ig kl km kn ko ku lo lv mi ml mn mr ms mt my ne om or pa "
    "pcm ps pt sd si so sq sw ta te th to tt vi yo zh zu",
    "“”’‘": "uz",
    "“”“”": "tk",
    "“”«»": "eo",
    "„“‚‘": "cs de et hr is lb mk sk sl",
    "„“„“": "bg lt",
    "„“«»": "ka",
    "„”«»": "pl ro",
    "„”»«": "hu",
    "„”’’": "sr",
    "„”‘’": "bs",
    "«»“”": "br ca cv el eu it kk pt-PT ti",
    "«»„“": "be ky ru uk",
    "«»‘’": "nb nn no rw",
    "«»‹›": "am fa",
    "«»”“": "fr-CA",
    "«»«»": "hy",
    "»«›‹": "ug",
    "””’’": "fi he sv",
    "”“’‘": "ar ur",
    "‘’‘’": "nl",
    "「」『』": "ja zh-Hant zh-HK zh-MO zh-TW",
}
# Where newspapers differ from CLDR: French within guillemets (CLDR repeats them), and the Swiss press in every language.
_PRESS = {"«»“”": "fr", "«»‹›": "de-CH de-LI fr-CH it-CH"}

_MARKS_BY_LANGUAGE = MappingProxyType(
    {tag: marks for table in (_CLDR, _PRESS) for marks, tags in table.items() for tag in tags.split()},
)


class QuotationMarks(NamedTuple):
    """The marks round a quotation and round one within it; French ones carry their no-break space."""

    open: str
    close: str
    inner_open: str
    inner_close: str


def quotation_marks(language: str) -> QuotationMarks:
    """The marks of a BCP 47 tag, else of its shorter forms (`de-AT`, `de`), else the English ones."""
    marks = next((_MARKS_BY_LANGUAGE[tag] for tag in _shorter_and_shorter(language) if tag in _MARKS_BY_LANGUAGE), "“”‘’")
    opening, closing, inner_opening, inner_closing = marks
    if spaces_guillemets(language):
        opening, closing = f"{opening}\u00a0", f"\u00a0{closing}"
    return QuotationMarks(opening, closing, inner_opening, inner_closing)


def spaces_guillemets(language: str) -> bool:
    """Whether guillemets stand off from what they enclose: in French, but not in Switzerland."""
    primary, *rest = language.lower().split("-")
    return primary == "fr" and "ch" not in rest


def _shorter_and_shorter(language: str) -> list[str]:
    primary, *rest = language.split("-")
    parts = [primary.lower(), *(part.upper() if len(part) == 2 else part.title() for part in rest)]
    return ["-".join(parts[:count]) for count in range(len(parts), 0, -1)]

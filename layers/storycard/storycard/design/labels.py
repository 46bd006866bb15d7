"""`assets/words.toml` into the few words that a card says by itself, such as "Live", in the language of its article."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from storycard.toml_reader import read_table

WORDS = ("live", "breaking", "correction", "paid", "preview", "read")
_LAST_RESORT = "en"


class Labels(NamedTuple):
    """By language tag in lower case, the words it has."""

    by_language: Mapping[str, Mapping[str, str]]
    digest: str

    def say(self, word: str, language: str) -> str:
        """One of WORDS in `language`, or in the language its tag begins with; in English where nobody has translated it."""
        tag = language.lower()
        while tag not in self.by_language and "-" in tag:
            tag = tag.rpartition("-")[0]
        return self.by_language.get(tag, self.by_language[_LAST_RESORT])[word]


def load_labels(path: Path) -> Labels:
    """The words of a TOML file. Raises AssetInvalid for a language that lacks one."""
    document = path.read_bytes()
    table = read_table(document, path.name)
    table.table(_LAST_RESORT)
    languages = {}
    for language, words in table.tables().items():
        words.only(*WORDS)
        languages[language.lower()] = MappingProxyType({word: words.text(word) for word in WORDS})
    return Labels(MappingProxyType(languages), hashlib.sha256(document).hexdigest())

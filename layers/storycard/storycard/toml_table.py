"""The bytes of a TOML file in `assets/` into a table, or a complaint that names the file."""

import tomllib
from typing import Any

from storycard.errors import AssetInvalid


def toml_table(document: bytes, file: str) -> dict[str, Any]:
    """The table in `document`. Raises AssetInvalid naming `file` and where it stops being TOML."""
    try:
        return tomllib.loads(document.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise AssetInvalid(file, "TOML in UTF-8", str(error)) from None

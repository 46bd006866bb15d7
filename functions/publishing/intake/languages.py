"""Loads the languages of the deployed assets."""

from functools import cache
from pathlib import Path

from adapters.config.settings import Settings
from storycard.language.languages import Languages, load_languages


def languages_in(settings: Settings) -> Languages:
    """Returns the languages, loaded once per process, without themes and fonts: a webhook draws nothing."""
    return _languages(settings.assets_dir)


@cache
def _languages(assets: Path) -> Languages:
    return load_languages(assets / "languages")

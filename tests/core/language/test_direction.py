"""Tests storycard.language.direction against ICU, which its tables are copied from."""

import ctypes
import itertools
import string
from collections.abc import Callable
from pathlib import Path

import icu4py.breakers  # loads the libraries that ICU's depends on
import pytest

from storycard.language.direction import is_rtl

SEVERAL_SCRIPTS = "ar az en fa ha he kk ku ky mn ms pa ps sd tg tk tr ug ur uz zh"
REGIONS = [f"{a}{b}" for a, b in itertools.product(string.ascii_uppercase, repeat=2)]


@pytest.fixture(scope="module")
def icu_is_rtl() -> Callable[[str], bool]:
    package = Path(icu4py.breakers.__file__).parent
    folders = (package.parent / "icu4py.libs", package / ".libs", package / ".dylibs")
    library = ctypes.CDLL(str(next(path for folder in folders for path in folder.glob("libicuuc*"))))
    function = next(
        getattr(library, name) for name in (f"uloc_isRightToLeft_{v}" for v in range(78, 100)) if hasattr(library, name)
    )
    function.restype, function.argtypes = ctypes.c_int8, [ctypes.c_char_p]
    return lambda tag: bool(function(tag.replace("-", "_").encode()))


@pytest.mark.parametrize(
    "tag", ["ar", "ar-EG", "he", "fa", "ur", "ckb", "prs", "az-Arab", "pa-Arab-PK", "AR", "dv", "uz-AF", "pa-PK", "kk-CN"]
)
def test_right_to_left(tag: str) -> None:
    assert is_rtl(tag)


@pytest.mark.parametrize("tag", ["skr", "glk", "khw", "sdh"])
def test_regional_languages_in_arabic_script_are_right_to_left(tag: str) -> None:
    assert is_rtl(tag)


@pytest.mark.parametrize("tag", ["en", "de-AT", "uk", "ja", "ar-Latn", "az-Latn", "sr-Cyrl", "ku", "xx", "pa-IN", "sd-IN", "uz"])
def test_left_to_right(tag: str) -> None:
    assert not is_rtl(tag)


def test_agrees_with_icu_on_every_language(icu_is_rtl: Callable[[str], bool]) -> None:
    letters = string.ascii_lowercase
    tags = ["".join(tag) for length in (2, 3) for tag in itertools.product(letters, repeat=length)]
    assert [tag for tag in tags if is_rtl(tag) != icu_is_rtl(tag)] == ["prs"]


@pytest.mark.parametrize("language", SEVERAL_SCRIPTS.split())
def test_agrees_with_icu_on_every_region(language: str, icu_is_rtl: Callable[[str], bool]) -> None:
    tags = [f"{language}-{region}" for region in REGIONS]
    assert [tag for tag in tags if is_rtl(tag) != icu_is_rtl(tag)] == []

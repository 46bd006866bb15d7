"""memory: what a picture took serves the next one, and no other C library is asked."""

import ctypes
import platform
import subprocess
import sys

import pytest

from storycard.encoding.memory import keep_freed

# Pages that the system hands out for four pictures of a story, let go and drawn anew ten times.
PAGES = """
import resource
from PIL import Image
from storycard.encoding.memory import keep_freed
if {kept}:
    keep_freed()
def draw():
    pictures = [Image.new("RGB", (1080, 1920), "#0b1c2c") for _ in range(4)]
draw()
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(10):
    draw()
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library")
def test_pages_of_a_picture_serve_the_next() -> None:
    pages = [int(subprocess.check_output([sys.executable, "-c", PAGES.format(kept=kept)])) for kept in (True, False)]
    assert pages[0] < 100 < 10_000 < pages[1]


def test_a_c_library_without_that_setting_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda name: object())
    keep_freed.cache_clear()
    keep_freed()
    keep_freed.cache_clear()

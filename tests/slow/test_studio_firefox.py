"""Does jobs of a deadline in the Studio with Firefox, which differs from Chromium in its clipboard, dialogs and focus."""

from pathlib import Path

import pytest

from support.consumers import need_browser, run_script
from support.studio_stack import EDITOR

pytestmark = pytest.mark.slow

FIREFOX = Path("/usr/bin/firefox-esr")
JOBS = [
    "find",
    "open nothing if the search fails",
    "edit",
    "notice a change",
    "tell of a broken picture",
    "fit a screen of 320 px",
    "keep",
    "let two editors choose",
    "take",
    "refuse what was withdrawn",
]


@pytest.fixture(scope="module")
def results(room, tmp_path_factory) -> dict[str, str]:
    need_browser(FIREFOX)
    return run_script("firefox.mjs", room.base_url, EDITOR, tmp_path_factory.mktemp("downloads"), FIREFOX, timeout=500)


@pytest.mark.parametrize("job", JOBS)
def test_firefox_does(results, job):
    assert results[job] == "done"


def test_every_job_of_the_script_is_checked(results):
    assert sorted(results) == sorted(JOBS)

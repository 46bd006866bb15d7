"""Tests storycard.language.dates."""

import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from storycard.language.dates import date_forms, time_form


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en-GB", ["3 November 2026", "3 Nov 2026", "3 Nov"]),
        ("en", ["November 3, 2026", "Nov 3, 2026", "Nov 3"]),
        ("de", ["3. November 2026", "03.11.2026", "3. Nov."]),
        ("uk", ["3 листопада 2026\u202fр.", "3 лист. 2026\u202fр.", "3 лист."]),
        ("ps", ["۱۴۰۵ لړم ۱۲", "۱۴۰۵ لړم ۱۲", "لړم ۱۲"]),
        ("ckb-IR", ["١٢ی گەڵاڕێزانی ١٤٠٥", "١٤٠٥ گەڵاڕێزان ١٢", "١٢ی گەڵاڕێزان"]),
        ("ja", ["2026年11月3日", "2026/11/03", "11月3日"]),
    ],
)
def test_spells_out_the_day_as_the_language_does(language: str, expected: list[str]) -> None:
    assert [*date_forms(datetime(2026, 11, 3, 23, 30, tzinfo=UTC), language)] == expected


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/New_York"])
def test_time_is_that_of_the_moment_s_own_zone_on_every_machine(zone: str) -> None:
    program = (
        "from datetime import datetime; from storycard.language.dates import time_form;"
        "moment = datetime.fromisoformat('2026-03-08T02:30:00+02:00');"  # an hour that New York skips
        "print(time_form(moment, 'de'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], env=os.environ | {"TZ": zone}, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "02:30"


def test_time_is_short_and_in_the_figures_of_the_language() -> None:
    moment = datetime(2026, 11, 3, 14, 5, tzinfo=UTC)
    assert [time_form(moment, tag) for tag in ("en", "de", "fa", "fi")] == ["2:05\u202fPM", "14:05", "۱۴:۰۵", "14.05"]

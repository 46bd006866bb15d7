"""Tests `storycard try-source`: what it prints for each outcome, its exit statuses, and that the docs show what it prints."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from operations.try_source import command
from storycard.cli import main
from support.cms_examples import FOLDER
from support.paths import ROOT

HEAD = 'scheme = "standard-webhooks"\nlanguage = "en"\nsecrets = ["..."]\n'
MAP = """[sources.desk.map]
only = "kind == 'story'"
id = "id"
headline = "title"
image = "photo"
tags
"""
STORY = {"kind": "story", "id": 7, "title": "The *ferry* is late", "photo": 12}


@pytest.fixture
def attempt(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Returns a function that tries an event of [sources.desk], and returns the exit status and what was printed."""

    def run(event: Any, table: str = "", *options: str, head: str = f"[sources.desk]\n{HEAD}") -> tuple[int, str]:
        source, body = tmp_path / "source.toml", tmp_path / "event.json"
        source.write_text(f"{head}{MAP.replace('tags', table)}", "utf-8")
        body.write_bytes(event if isinstance(event, bytes) else json.dumps(event).encode())
        status = command([str(source), str(body), *options])
        printed = capsys.readouterr()
        return status, printed.out + printed.err

    return run


def test_says_what_would_happen(attempt) -> None:
    later = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    outcomes = {
        "published": (STORY, ""),
        "published, with closed text: its cards show the headline, the deck and the summary alone": (STORY, 'closed = "`true`"'),
        f"embargoed: stored, and its cards are public from {later} on": (STORY | {"until": later}, 'embargo_until = "until"'),
        "draft: it has no cards; if it was public, they are withdrawn": (STORY | {"state": "review"}, 'status = "state"'),
        "withdrawn: the cards of 7 are deleted, and their addresses answer 410": (STORY | {"gone": True}, 'withdrawn = "gone"'),
        "ignored: not what `only` asks for; the event is kept, and nothing changes": (STORY | {"kind": "page"}, ""),
    }
    found = {expected: attempt(event, table) for expected, (event, table) in outcomes.items()}
    assert {expected: out for expected, (_, out) in found.items() if out.splitlines()[0] != expected} == {}
    assert {status for status, _ in found.values()} == {0}


def test_says_why_a_field_is_empty(attempt) -> None:
    _, out = attempt(STORY, 'deck = "lead"\nbyline = "join(\', \', authors)"\nbody = "title"')
    said = out.split("\n")
    assert said[said.index("headline = title") + 1] == "    The ferry is late"
    assert said[said.index("deck = lead") + 1] == "    gave nothing"
    assert said[said.index("byline = join(', ', authors)") + 1].startswith(
        "    fails: In function join(), invalid type for value: None"
    )
    assert said[said.index("body = title") + 1] == "    gave 'The *ferry* is late', read as 1 paragraph"
    expected = "    expected an address, or an object with url, credit, alt and focal_point, got 12; left out."
    assert said[said.index("image = photo") + 1] == expected


def test_a_refused_event_is_1_and_shows_what_was_found(attempt) -> None:
    status, out = attempt(STORY | {"title": None})
    assert status == 1
    assert out.startswith("refused, and kept as a dead letter: headline: expected text, got nothing\n")
    assert "headline = title\n    gave nothing\n" in out
    assert attempt(b"{")[0] == 1
    status, out = attempt(STORY | {"until": "soon"}, 'embargo_until = "until"')
    assert (status, out.partition(" with its zone")[0]) == (
        1,
        "refused, and kept as a dead letter: embargo_until: expected a time in ISO 8601",
    )


def test_a_fault_in_the_file_is_2_and_names_its_place(attempt, tmp_path: Path, capsys) -> None:
    assert attempt(STORY, 'deck = "a..b"') == (
        2, "storycard: sources.desk.map.deck: expected a JMESPath expression, got 'a..b', with a fault at character 3, at '.b'\n"
    )  # fmt: skip
    several = f"[sources.a]\n{HEAD}format = 'native'\n[sources.desk]\n{HEAD}"
    assert attempt(STORY, head=several) == (2, "storycard: --source: expected one of a, desk, got nothing\n")
    assert attempt(STORY, "", "--source", "desk", head=several)[0] == 0
    assert attempt(STORY, "", "--source", "b", head=several)[0] == 2
    assert command([str(tmp_path / "none.toml"), "x"]) == 2
    assert "none.toml: expected a readable file, got No such file" in capsys.readouterr().err


def test_a_source_with_a_format_is_tried_too(attempt) -> None:
    native = {"id": "a", "headline": "The ferry is late", "language": "en", "bullets": ["Ice closed the sound."]}
    status, out = attempt(native, "", "--source", "a", head=f"[sources.a]\n{HEAD}format = 'native'\n[sources.desk]\n{HEAD}")
    assert (status, out.splitlines()[0]) == (0, "published")
    assert "bullets, as the format has it\n    1. Ice closed the sound.\n" in out


def test_the_docs_show_what_it_prints(capsys: pytest.CaptureFixture[str]) -> None:
    folder = FOLDER / "strapi"
    assert main(["try-source", str(folder / "source.toml"), str(folder / "published.json")]) == 0
    assert f"```\n{capsys.readouterr().out}```" in (ROOT / "docs/tables.md").read_text("utf-8")


def test_it_loads_no_aws_library() -> None:
    program = "import sys, operations.try_source; print(*{'boto3', 'PIL', 'uharfbuzz', 'icu4py'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""

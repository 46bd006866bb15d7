"""Tests storycard.cli as a shell runs it: files, exit status and error messages."""

import json
import os
import re
import subprocess
import sys
import textwrap
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from storycard.cli import main
from support.card_counts import FULL_SET
from support.paths import ROOT, SAMPLES

NEWS, SPORT = SAMPLES / "harbour-barriers.json", SAMPLES / "bergzeitfahren.json"
EXPORT = SAMPLES / "harbour-barriers.txt"
CARD = ROOT / "docs/cards/harbour-barriers/headline-og.png"
ONE_CARD = ("--kind", "headline", "--format", "og")


@dataclass(frozen=True)
class Run:
    status: int
    message: str
    files: set[str]


@pytest.fixture
def render(tmp_path: Path):
    """Returns a function that runs `storycard render ARGUMENTS --out out` in a temporary folder."""

    def run(*arguments: str | Path, stdin: bytes = b"") -> Run:
        command = [sys.executable, "-m", "storycard", "render", *map(str, arguments), "--out", "out"]
        done = subprocess.run(command, cwd=tmp_path, input=stdin, capture_output=True)
        assert done.stdout == b""
        files = {path.relative_to(tmp_path / "out").as_posix() for path in tmp_path.glob("out/**/*") if path.is_file()}
        return Run(done.returncode, done.stderr.decode().replace("\r\n", "\n"), files)

    return run


def manifest(tmp_path: Path, article_id: str) -> dict:
    return json.loads((tmp_path / "out" / article_id / "manifest.json").read_bytes())


def test_prints_the_message_that_the_readme_quotes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    quotes = [{"text": "Yes"}, {"text": "No"}, {"text": "Perhaps", "speaker": 7}]
    Path("a.json").write_text(json.dumps({"id": "a", "headline": "A", "language": "en", "quotes": quotes}), "utf-8")
    assert main(["render", "a.json", "--out", "out"]) == 2
    assert f"`{capsys.readouterr().err.strip()}`" in (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize("arguments", [["--help"], ["inspect", f"{CARD}"], ["try-source", "--help"]])
def test_output_that_nobody_reads_is_no_error(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    reader, writer = os.pipe()
    os.close(reader)  # as `head` does once it has its lines
    with os.fdopen(writer, "w") as output:  # raises when it is closed, unless it was closed before
        monkeypatch.setattr("sys.stdout", output)
        assert main(arguments) == 141


def test_writes_24_cards_and_their_manifest(render, tmp_path: Path) -> None:
    done = render(NEWS)
    written = manifest(tmp_path, "harbour-barriers")
    assert (done.status, done.message) == (0, "")
    assert len(written["cards"]) == FULL_SET
    assert done.files == {f"harbour-barriers/{name}" for name in ["manifest.json", *(card["file"] for card in written["cards"])]}
    assert {"harbour-barriers/headline-og.png", "harbour-barriers/quote-story.jpg"} < done.files
    for card in written["cards"]:
        assert (tmp_path / "out" / "harbour-barriers" / card["file"]).stat().st_size == card["bytes"]


def test_text_for_members_is_on_no_card(render, tmp_path: Path) -> None:
    post = {"id": "paid", "title": "Ferries run all night", "lang": "en", "visibility": "paid", "excerpt": "SECRET"}
    post["html"] = "<p>SECRET text.</p><ul><li>SECRET first point of a list</li><li>SECRET second point of a list</li></ul>"
    (tmp_path / "paid.json").write_text(json.dumps(post), "utf-8")
    render(tmp_path / "paid.json", "--format", "og")
    assert [card["kind"] for card in manifest(tmp_path, "paid")["cards"]] == ["headline"]
    assert "SECRET" not in json.dumps(manifest(tmp_path, "paid"))


def test_options_choose_kinds_formats_and_type(render) -> None:
    done = render(NEWS, "--kind", "quote,headline", "--format", "square, pin", "--type", "webp", "--theme", "broadsheet")
    names = ["headline-pin.webp", "headline-square.webp", "manifest.json", "quote-pin.webp", "quote-square.webp"]
    assert sorted(done.files) == [f"harbour-barriers/{name}" for name in names]


def test_text_export_gets_id_from_file_name_and_detected_language(render, tmp_path: Path) -> None:
    (tmp_path / "Flut & Wälle.txt").write_bytes(EXPORT.read_bytes())
    assert render("Flut & Wälle.txt", *ONE_CARD).files == {"Flut-W-lle/headline-og.png", "Flut-W-lle/manifest.json"}
    assert manifest(tmp_path, "Flut-W-lle")["language"] == "en"


def test_options_set_id_and_language_of_a_text_export(render, tmp_path: Path) -> None:
    assert render(EXPORT, *ONE_CARD, "--id", "tide", "--language", "en-GB").status == 0
    assert manifest(tmp_path, "tide")["language"] == "en-GB"


def test_reads_article_from_standard_input(render) -> None:
    assert "bergzeitfahren/headline-og.png" in render("-", *ONE_CARD, stdin=SPORT.read_bytes()).files
    assert "tide/headline-og.png" in render("-", *ONE_CARD, "--id", "tide", stdin=EXPORT.read_bytes()).files


def test_reads_one_article_from_each_line_of_jsonl(render, tmp_path: Path) -> None:
    lines = [json.dumps({"id": f"line-{number}", "headline": "Barriers held", "language": "en"}) for number in (1, 2)]
    (tmp_path / "day.jsonl").write_text(f"{lines[0]}\n\n{{}}\n{lines[1]}\n")
    done = render("day.jsonl", *ONE_CARD)
    assert done.status == 2
    assert done.message.startswith("storycard: day.jsonl:3: id: expected ")
    assert {"line-1/headline-og.png", "line-2/headline-og.png"} < done.files


def test_renders_other_files_after_a_bad_one(render, tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text('{"id": "bad", "language": "en"}')
    done = render(NEWS, "bad.json", "missing.json", SPORT, *ONE_CARD)
    assert done.status == 2
    assert done.message.splitlines() == [
        "storycard: bad.json: headline: expected text, got nothing",
        "storycard: missing.json: file: expected a readable file, got No such file or directory",
    ]
    assert {"harbour-barriers/headline-og.png", "bergzeitfahren/headline-og.png"} < done.files


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "body: expected an article, got nothing"),
        (b'{"id": "a", "headline":', "body: expected JSON, got a fault at line 1, column 24: expecting value"),
        (
            b'{"data": {"type": "node--article", "attributes": {"title": "Barriers held"}}}',
            "body: expected one of the formats native, text, jsonld, wordpress, ghost, ans, ninjs, "
            "got JSON in which no known format was recognised",
        ),
        (b"\x89PNG\r\n\x1a\n", "body: expected text in UTF-8, got byte 0x89 at 0"),
        (b'{"id": "../a", "headline": "h", "language": "en"}', "id: expected 1 to 128 letters, digits, "),
        (b'{"id": "a", "headline": 7, "language": "en"}', "headline: expected text, got a number"),
        (b'{"id": "a", "headline": "h"}', "language: expected a BCP 47 tag such as 'en' or 'sr-Cyrl', got ''"),
        (b'{"id": "a", "headline": "h", "language": "en", "quotes": [{"speaker": "s"}]}', "quotes[0].text: expected text, "),
    ],
)
def test_error_names_file_and_field(content: bytes, message: str, render, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(content)
    done = render("a.json", *ONE_CARD)
    assert (done.status, done.files) == (2, set())
    assert done.message.startswith(f"storycard: a.json: {message}")
    assert done.message.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--kind", "banner"), "storycard: --kind: expected one of headline, bullet, quote, question, carousel, got 'banner'"),
        (("--format", "og,banner"), "storycard: --format: expected one of og, x, linkedin, "),
        (
            ("--theme", "big"),
            "storycard: --theme: expected one of broadsheet, bulletin, civic, clarity, frontline, nightdesk, weekend, got 'big'",
        ),
        (("--type", "gif"), "storycard: --type: expected one of auto, png, jpeg, webp, avif, got 'gif'"),
        (("--assets", "nowhere"), "storycard: --assets: expected a folder like assets/, got "),
        (("--kind", ","), "argument --kind: expected names separated by commas, got ','"),
    ],
)
def test_rejects_wrong_argument_before_rendering(arguments: tuple[str, str], message: str, render) -> None:
    done = render(NEWS, *arguments)
    assert (done.status, done.files) == (2, set())
    assert message in done.message
    assert "Traceback" not in done.message


def test_reports_folder_that_is_not_writable(render, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    done = render(NEWS, *ONE_CARD)
    assert done.status == 2
    assert f"storycard: {NEWS}: --out: expected a folder that can be written to, got out" in done.message


def test_prints_usage_without_a_command() -> None:
    done = subprocess.run([sys.executable, "-m", "storycard"], capture_output=True, text=True)
    assert (done.returncode, done.stderr.splitlines()[0]) == (2, "usage: storycard [-h] COMMAND ...")


def test_kind_question_has_a_card_for_each_question(render) -> None:
    done = render(NEWS, "--kind", "question", "--format", "square")
    cards = {f"harbour-barriers/question-{number}-square.jpg" for number in (1, 2, 3)}
    assert (done.status, done.files) == (0, {*cards, "harbour-barriers/manifest.json"})


def test_carousel_has_a_card_for_each_slide(render) -> None:
    done = render(NEWS, "--kind", "carousel", "--format", "square")
    slides = {f"harbour-barriers/carousel-{number}-square.jpg" for number in range(1, 8)}
    assert (done.status, done.files) == (0, {*slides, "harbour-barriers/manifest.json"})


@pytest.fixture
def article_with_photo(tmp_path: Path) -> Path:
    """Writes an article with a photograph in a file beside it."""
    Image.radial_gradient("L").resize((900, 600)).convert("RGB").save(tmp_path / "quay.jpg")
    article = json.loads(NEWS.read_bytes()) | {"image": {"file": "quay.jpg", "credit": "Ruth Pellow"}}
    (tmp_path / "news.json").write_text(json.dumps(article), "utf-8")
    return tmp_path / "news.json"


def test_uses_photograph_beside_the_article(article_with_photo: Path, render, tmp_path: Path) -> None:
    assert render("news.json", *ONE_CARD).message == ""
    assert "credit" in [text["role"] for text in manifest(tmp_path, "harbour-barriers")["cards"][0]["text"]]


@pytest.mark.parametrize("photo", [None, b"no picture"])
def test_renders_without_a_photograph_that_cannot_be_used(
    photo: bytes | None, article_with_photo: Path, render, tmp_path: Path
) -> None:
    (tmp_path / "quay.jpg").unlink()
    if photo:
        (tmp_path / "quay.jpg").write_bytes(photo)
    done = render("news.json", *ONE_CARD)
    assert done.status == 0
    assert done.message.startswith("storycard: news.json: cards without the photograph: quay.jpg: ")
    assert "credit" not in [text["role"] for text in manifest(tmp_path, "harbour-barriers")["cards"][0]["text"]]


def check_theme(path: Path | str) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-m", "storycard", "theme", "check", str(path)], capture_output=True, text=True)


@pytest.mark.slow
def test_reports_on_the_theme_that_the_docs_show(tmp_path: Path) -> None:
    page = (ROOT / "docs/themes.md").read_text("utf-8")
    [example] = re.findall(r"^   ```toml\n(   extends.+?)^   ```$", page, re.MULTILINE | re.DOTALL)
    (tmp_path / "evening.toml").write_text(textwrap.dedent(example), "utf-8")
    done = check_theme(tmp_path / "evening.toml")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Evening: every key is right")
    assert "  headline  wide    headline    " in done.stdout


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            'extends = "civic"\n[colours]\naccent = "#8fb6ff"',
            "evening.toml: cards.headline.wide.rows[0].kicker: expected a contrast of 4.5:1 ",
        ),
        ('extends = "civic"\n[families]\nsans = "Comic"', "evening.toml: roles.kicker.family: expected a family of fonts.toml: "),
        (
            'extends = "civic"\n[strands.opinion.cards.headline.wide.inks]\nheadline = "accent"',
            "evening.toml with strands.opinion: cards.headline.wide.headline.ink: expected a contrast of ",
        ),
        ('extends = "daily"', "evening.toml: extends: expected one of broadsheet, "),
        ("title = 7", "evening.toml: "),
        ("title", "evening.toml: expected TOML in UTF-8, got "),
    ],
)
def test_names_the_key_of_an_invalid_theme(text: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "evening.toml").write_text(text, "utf-8")
    done = check_theme(tmp_path / "evening.toml")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"storycard: {message}")


def test_reports_missing_theme_file() -> None:
    done = check_theme("nowhere.toml")
    assert (done.returncode, done.stderr) == (
        2,
        "storycard: nowhere.toml: expected a readable file, got No such file or directory\n",
    )

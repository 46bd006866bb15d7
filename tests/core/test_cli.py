"""cli: `storycard render` as a shell runs it: files written, exit status, and what it says when something is wrong."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from support.paths import SAMPLES

NEWS, SPORT = SAMPLES / "harbour-barriers.json", SAMPLES / "bergzeitfahren.json"
EXPORT = SAMPLES / "harbour-barriers.txt"
ONE_CARD = ("--kind", "headline", "--format", "og")


@dataclass(frozen=True)
class Run:
    status: int
    complaint: str
    files: set[str]


@pytest.fixture
def render(tmp_path: Path):
    """Runs `storycard render ARGUMENTS --out DIR` in a folder of its own."""

    def run(*arguments: str | Path, stdin: bytes = b"") -> Run:
        command = [sys.executable, "-m", "storycard", "render", *map(str, arguments), "--out", "out"]
        done = subprocess.run(command, cwd=tmp_path, input=stdin, capture_output=True)
        assert done.stdout == b""
        files = {path.relative_to(tmp_path / "out").as_posix() for path in tmp_path.glob("out/**/*") if path.is_file()}
        return Run(done.returncode, done.stderr.decode().replace("\r\n", "\n"), files)

    return run


def manifest(tmp_path: Path, article_id: str) -> dict:
    return json.loads((tmp_path / "out" / article_id / "manifest.json").read_bytes())


def test_an_article_becomes_24_cards_and_a_manifest_that_names_them(render, tmp_path: Path) -> None:
    done = render(NEWS)
    told = manifest(tmp_path, "harbour-barriers")
    assert (done.status, done.complaint) == (0, "")
    assert len(told["cards"]) == 24
    assert done.files == {f"harbour-barriers/{name}" for name in ["manifest.json", *(card["file"] for card in told["cards"])]}
    assert {"harbour-barriers/headline-og.png", "harbour-barriers/quote-story.jpg"} < done.files
    for card in told["cards"]:
        assert (tmp_path / "out" / "harbour-barriers" / card["file"]).stat().st_size == card["bytes"]


def test_kinds_formats_and_type_can_be_chosen(render) -> None:
    done = render(NEWS, "--kind", "quote,headline", "--format", "square, pin", "--type", "webp", "--theme", "broadsheet")
    names = ["headline-pin.webp", "headline-square.webp", "manifest.json", "quote-pin.webp", "quote-square.webp"]
    assert sorted(done.files) == [f"harbour-barriers/{name}" for name in names]


def test_a_text_export_takes_its_name_as_id_and_its_language_is_found_out(render, tmp_path: Path) -> None:
    (tmp_path / "Flut & Wälle.txt").write_bytes(EXPORT.read_bytes())
    assert render("Flut & Wälle.txt", *ONE_CARD).files == {"Flut-W-lle/headline-og.png", "Flut-W-lle/manifest.json"}
    assert manifest(tmp_path, "Flut-W-lle")["language"] == "en"


def test_a_text_export_takes_the_id_and_language_it_is_given(render, tmp_path: Path) -> None:
    assert render(EXPORT, *ONE_CARD, "--id", "tide", "--language", "en-GB").status == 0
    assert manifest(tmp_path, "tide")["language"] == "en-GB"


def test_an_article_comes_from_standard_input(render) -> None:
    assert "bergzeitfahren/headline-og.png" in render("-", *ONE_CARD, stdin=SPORT.read_bytes()).files
    assert "tide/headline-og.png" in render("-", *ONE_CARD, "--id", "tide", stdin=EXPORT.read_bytes()).files


def test_one_article_a_line(render, tmp_path: Path) -> None:
    lines = [json.dumps({"id": f"line-{number}", "headline": "Barriers held", "language": "en"}) for number in (1, 2)]
    (tmp_path / "day.jsonl").write_text(f"{lines[0]}\n\n{{}}\n{lines[1]}\n")
    done = render("day.jsonl", *ONE_CARD)
    assert done.status == 2
    assert done.complaint.startswith("storycard: day.jsonl:3: id: expected ")
    assert {"line-1/headline-og.png", "line-2/headline-og.png"} < done.files


def test_one_bad_file_does_not_keep_the_others_from_being_drawn(render, tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text('{"id": "bad", "language": "en"}')
    done = render(NEWS, "bad.json", "missing.json", SPORT, *ONE_CARD)
    assert done.status == 2
    assert done.complaint.splitlines() == [
        "storycard: bad.json: headline: expected text, got nothing",
        "storycard: missing.json: file: expected a readable file, got No such file or directory",
    ]
    assert {"harbour-barriers/headline-og.png", "bergzeitfahren/headline-og.png"} < done.files


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "body: expected an article, got nothing"),
        (b'{"id": "a", "headline":', "body: expected JSON, got a fault at line 1, column 24: expecting value"),
        (b"\x89PNG\r\n\x1a\n", "body: expected text in UTF-8, got byte 0x89 at 0"),
        (b'{"id": "../a", "headline": "h", "language": "en"}', "id: expected 1 to 128 letters, digits, "),
        (b'{"id": "a", "headline": 7, "language": "en"}', "headline: expected text, got int"),
        (b'{"id": "a", "headline": "h"}', "language: expected a BCP 47 tag such as 'en' or 'sr-Cyrl', got ''"),
        (b'{"id": "a", "headline": "h", "language": "en", "quotes": [{"speaker": "s"}]}', "quotes[0].text: expected text, "),
    ],
)
def test_a_complaint_names_file_and_field(content: bytes, complaint: str, render, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(content)
    done = render("a.json", *ONE_CARD)
    assert (done.status, done.files) == (2, set())
    assert done.complaint.startswith(f"storycard: a.json: {complaint}")
    assert done.complaint.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--kind", "banner"), "storycard: --kind: expected one of headline, bullet, quote, carousel, got 'banner'"),
        (("--format", "og,banner"), "storycard: --format: expected one of og, x, linkedin, "),
        (
            ("--theme", "banner"),
            "storycard: --theme: expected one of broadsheet, bulletin, civic, clarity, frontline, nightdesk, got 'banner'",
        ),
        (("--type", "gif"), "storycard: --type: expected one of auto, png, jpeg, webp, avif, got 'gif'"),
        (("--assets", "nowhere"), "storycard: --assets: expected a folder like assets/, got "),
        (("--kind", ","), "argument --kind: expected names separated by commas, got ','"),
    ],
)
def test_a_wrong_argument_is_told_before_anything_is_drawn(arguments: tuple[str, str], complaint: str, render) -> None:
    done = render(NEWS, *arguments)
    assert (done.status, done.files) == (2, set())
    assert complaint in done.complaint
    assert "Traceback" not in done.complaint


def test_a_folder_that_cannot_be_written_to_is_told(render, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    done = render(NEWS, *ONE_CARD)
    assert done.status == 2
    assert f"storycard: {NEWS}: --out: expected a folder that can be written to, got out" in done.complaint


def test_without_a_command_it_says_how_it_is_used() -> None:
    done = subprocess.run([sys.executable, "-m", "storycard"], capture_output=True, text=True)
    assert (done.returncode, done.stderr.splitlines()[0]) == (2, "usage: storycard [-h] COMMAND ...")


def test_a_carousel_has_a_card_for_each_slide(render) -> None:
    done = render(NEWS, "--kind", "carousel", "--format", "square")
    slides = {f"harbour-barriers/carousel-{number}-square.jpg" for number in range(1, 8)}
    assert (done.status, done.files) == (0, {*slides, "harbour-barriers/manifest.json"})


@pytest.fixture
def article_with_photo(tmp_path: Path) -> Path:
    """An article whose photograph is a file beside it."""
    Image.radial_gradient("L").resize((900, 600)).convert("RGB").save(tmp_path / "quay.jpg")
    article = json.loads(NEWS.read_bytes()) | {"image": {"file": "quay.jpg", "credit": "Ruth Pellow"}}
    (tmp_path / "news.json").write_text(json.dumps(article), "utf-8")
    return tmp_path / "news.json"


def test_a_photograph_beside_the_article_is_on_its_cards(article_with_photo: Path, render, tmp_path: Path) -> None:
    assert render("news.json", *ONE_CARD).complaint == ""
    assert "credit" in [text["role"] for text in manifest(tmp_path, "harbour-barriers")["cards"][0]["text"]]


@pytest.mark.parametrize("photo", [None, b"no picture"])
def test_a_photograph_that_cannot_be_used_costs_no_card(
    photo: bytes | None, article_with_photo: Path, render, tmp_path: Path
) -> None:
    (tmp_path / "quay.jpg").unlink()
    if photo:
        (tmp_path / "quay.jpg").write_bytes(photo)
    done = render("news.json", *ONE_CARD)
    assert done.status == 0
    assert done.complaint.startswith("storycard: news.json: cards without the photograph: quay.jpg: ")
    assert "credit" not in [text["role"] for text in manifest(tmp_path, "harbour-barriers")["cards"][0]["text"]]


def check_theme(path: Path | str) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-m", "storycard", "theme", "check", str(path)], capture_output=True, text=True)


def test_a_good_theme_is_told_about(tmp_path: Path) -> None:
    (tmp_path / "evening.toml").write_text('extends = "civic"\ntitle = "Evening"\n', "utf-8")
    done = check_theme(tmp_path / "evening.toml")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Evening: every key is right")
    assert "headline      Commissioner 700              48 to  98 px    17.9:1 on #ffffff" in done.stdout


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('extends = "civic"\n[colours]\naccent = "#8fb6ff"', "evening.toml: roles.kicker.colour: expected a contrast of 4.5:1 "),
        ('extends = "civic"\n[families]\nsans = "Comic"', "evening.toml: roles.kicker.family: expected a family of fonts.toml: "),
        ('extends = "daily"', "evening.toml: extends: expected one of broadsheet, "),
        ("title = 7", "evening.toml: "),
        ("title", "evening.toml: expected TOML in UTF-8, got "),
    ],
)
def test_a_bad_theme_is_refused_with_its_key(text: str, complaint: str, tmp_path: Path) -> None:
    (tmp_path / "evening.toml").write_text(text, "utf-8")
    done = check_theme(tmp_path / "evening.toml")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"storycard: {complaint}")


def test_a_theme_that_is_not_there_is_told() -> None:
    done = check_theme("nowhere.toml")
    assert (done.returncode, done.stderr) == (
        2,
        "storycard: nowhere.toml: expected a readable file, got No such file or directory\n",
    )

"""Packs the WordPress plugin into a zip file, the same bytes every time, and keeps its template of translations up to date.

Run as `make wordpress-plugin`. Needs nothing but Python: it compiles the translations itself.
"""

import json
import re
import struct
import sys
import zipfile
from pathlib import Path

PLUGIN = Path(__file__).parent / "storycard"
_CALL = re.compile(r"(?:\b__|\besc_html__)\( '((?:[^'\\]|\\.)*)', 'storycard' \)")
_COMMENT = re.compile(r"/\* (translators: .*?) \*/")
_ENTRY = re.compile(
    r'(?:^msgctxt (?P<context>".*")\n)?^msgid (?P<id>(?:".*"\n?)+)^msgstr (?P<translation>(?:".*"(?:\n|\Z))+)', re.MULTILINE
)
_EPOCH = (2000, 1, 1, 0, 0, 0)  # of every file in the zip
_JUST_REPOSITORY = (".po", ".pot")  # the plugin directory takes translations from elsewhere; WordPress reads .mo files


def messages() -> dict[tuple[str, str], list[str]]:
    """Returns what is translated, as (context, text), each with the files that have it and comments for translators."""
    found: dict[tuple[str, str], list[str]] = {}
    header = (PLUGIN / "storycard.php").read_text("utf-8")
    [description] = re.findall(r"^ \* Description: +(.+)$", header, re.MULTILINE)
    found["", description] = ["#. Description of the plugin", "#: storycard.php"]
    for path in sorted(PLUGIN.rglob("*.php")):
        name, comment = path.relative_to(PLUGIN).as_posix(), ""
        for line in path.read_text("utf-8").splitlines():
            comment = match[1] if (match := _COMMENT.search(line)) else comment
            for text in _CALL.findall(line):
                notes = found.setdefault(("", text.replace("\\'", "'")), [])
                notes += [f"#. {comment}"] if "%" in text and comment else []
                notes += [f"#: {name}"] if f"#: {name}" not in notes else []
                comment = ""
    for path in sorted(PLUGIN.glob("blocks/*/block.json")):
        block = json.loads(path.read_text("utf-8"))
        for field in ("title", "description"):
            found[f"block {field}", block[field]] = [f"#: {path.relative_to(PLUGIN).as_posix()}"]
    return found


def template() -> str:
    """Returns the template of translations (.pot)."""
    head = 'msgid ""\nmsgstr ""\n"Project-Id-Version: Storycard\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    entries = []
    for (context, text), notes in messages().items():
        named = f"msgctxt {json.dumps(context)}\n" if context else ""
        entries.append("\n".join(notes) + f'\n{named}msgid {json.dumps(text, ensure_ascii=False)}\nmsgstr ""\n')
    return "\n".join([head, *entries])


def translations(path: Path) -> dict[tuple[str, str], str]:
    """Returns the texts of a .po file by context and original, with its header under ("", "")."""

    def joined(lines: str | None) -> str:
        return "".join(json.loads(line) for line in (lines or "").splitlines() if line)

    matches = _ENTRY.finditer(path.read_text("utf-8"))
    return {(joined(match["context"]), joined(match["id"])): joined(match["translation"]) for match in matches}


def compiled(path: Path) -> bytes:
    """Returns a .po file as GNU gettext's .mo. https://www.gnu.org/software/gettext/manual/html_node/MO-Files.html"""
    texts = {(f"{context}\x04{text}" if context else text): said for (context, text), said in translations(path).items()}
    pairs = sorted((text.encode(), said.encode()) for text, said in texts.items())
    count, start = len(pairs), 28
    position = start + 16 * count
    tables, data = [b"", b""], b""
    for column in (0, 1):
        for pair in pairs:
            tables[column] += struct.pack("<II", len(pair[column]), position + len(data))
            data += pair[column] + b"\0"
    return struct.pack("<7I", 0x950412DE, 0, count, start, start + 8 * count, 0, position) + tables[0] + tables[1] + data


def pack(target: Path) -> None:
    """Writes the zip file: one folder `storycard`, as WordPress expects, sorted, without times and rights of this machine."""
    files = {path.relative_to(PLUGIN.parent).as_posix(): path.read_bytes() for path in PLUGIN.rglob("*") if path.is_file()}
    files = {name: data for name, data in files.items() if not name.endswith(_JUST_REPOSITORY)}
    for path in PLUGIN.glob("languages/*.po"):
        files[f"storycard/languages/{path.stem}.mo"] = compiled(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in sorted(files.items()):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.external_attr, entry.create_system, entry.compress_type = 0o644 << 16, 3, zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)


if __name__ == "__main__":
    (PLUGIN / "languages/storycard.pot").write_text(template(), "utf-8")
    pack(Path(sys.argv[1]))
    print(f"{sys.argv[1]}: {Path(sys.argv[1]).stat().st_size:,} bytes")

"""Runs the `storycard` program: its own commands, and those of other packages.

Other packages register a command as an entry point in the group `storycard.commands`: a function that takes the arguments and
returns an exit status.
"""

import argparse
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from storycard.commands import inspect_card, render, theme

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

_OWN_COMMANDS = {"render": render.run, "theme": theme.run, "inspect": inspect_card.run}
_READER_ENDED = 141  # 128 + SIGPIPE, as in a shell


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command. Returns 0, 2 if an argument or an article is invalid, or 141 if its output is not read to the end."""
    try:
        try:
            return _run(argv)
        finally:
            print(end="", flush=True)  # also after --help, which ends by SystemExit
    except BrokenPipeError:
        with suppress(BrokenPipeError):  # of what is left in the buffer, which Python would otherwise write when it ends
            sys.stdout.close()
        return _READER_ENDED


def _run(argv: Sequence[str] | None) -> int:
    arguments = list(sys.argv[1:] if argv is None else argv)
    name = arguments[0] if arguments else ""
    registered = {} if name in _OWN_COMMANDS else _find_registered()
    if name in registered:
        return int(registered[name].load()(arguments[1:]))
    options = _build_parser(registered).parse_args(arguments)
    return _OWN_COMMANDS[options.command](options)


def _find_registered() -> "dict[str, EntryPoint]":
    """Returns the commands of other packages by name. Takes an eighth of the time of a whole render."""
    from importlib.metadata import entry_points

    return {point.name: point for point in entry_points(group="storycard.commands")}


def _build_parser(registered: "dict[str, EntryPoint]") -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="storycard", description="Turns articles into share cards.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    render.add_arguments(commands.add_parser("render", help="write the cards of articles to a folder"))
    theme.add_arguments(commands.add_parser("theme", help="check a theme that is being written"))
    inspect_card.add_arguments(commands.add_parser("inspect", help="print the metadata in a card's file"))
    for name in registered:
        commands.add_parser(name, help=f"see storycard {name} --help", add_help=False)
    return parser

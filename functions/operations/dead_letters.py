"""Implements `storycard dead-letters`: lists, shows and resends the messages of the dead-letter queues."""

import argparse
import itertools
import sys
from collections.abc import Iterable

from adapters.storage.dead_letters import DeadLetter, read_letters, release, resend
from adapters.storage.inbox import get_delivery
from operations.places import Places, add_arguments, exit_status, find_places
from storycard.describing.inspection import printable


def command(argv: list[str]) -> int:
    """Runs `storycard dead-letters ARGV`. Returns the exit status: 0, or 2 for an unknown ID, a missing stack or an AWS error."""
    options = _parser().parse_args(argv)

    def act() -> int:
        places = find_places(options.stack, options.local)
        found = (read_letters(queues, places.bucket) for queues in places.queues)
        letters = sorted(itertools.chain(*found), key=lambda letter: letter.sent_at)
        return _act(options, places, letters)

    return exit_status(act)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="storycard dead-letters", description="List, show and resend events that failed.")
    places = argparse.ArgumentParser(add_help=False)
    add_arguments(places)
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("list", parents=[places], help="print one line for each message: ID, time, source, article, reason")
    show = actions.add_parser("show", parents=[places], help="print messages with what the CMS sent")
    show.add_argument("ids", nargs="+", metavar="ID")
    again = actions.add_parser("resend", parents=[places], help="send messages to their queue again")
    chosen = again.add_mutually_exclusive_group(required=True)
    chosen.add_argument("--all", action="store_true")
    chosen.add_argument("ids", nargs="*", default=[], metavar="ID")
    return parser


def _act(options: argparse.Namespace, places: Places, letters: list[DeadLetter]) -> int:
    by_id = {letter.message_id: letter for letter in letters}
    everything = options.action == "list" or (options.action == "resend" and options.all)
    ids = list(by_id) if everything else options.ids
    unseen = dict(by_id)
    try:
        for letter in _known(ids, by_id):
            if options.action == "resend":
                resend(letter)
                del unseen[letter.message_id]
                print(f"{letter.message_id}  resent")
            else:
                print(_line(letter) if options.action == "list" else _page(letter, places.bucket))
    finally:
        for letter in unseen.values():
            release(letter)
    return 0 if set(ids) <= set(by_id) else 2


def _known(ids: Iterable[str], by_id: dict[str, DeadLetter]) -> Iterable[DeadLetter]:
    for message_id in dict.fromkeys(ids):
        if message_id in by_id:
            yield by_id[message_id]
        else:
            print(f"storycard: {message_id}: expected the ID of a visible dead letter, got none", file=sys.stderr)


def _line(letter: DeadLetter) -> str:
    reason = " ".join(letter.reason.split())
    return printable(f"{letter.message_id}  {letter.sent_at:%FT%TZ}  {letter.source}  {letter.article_id}  {reason}")


def _page(letter: DeadLetter, bucket: str) -> str:
    request, failure = letter.request, letter.failure
    fields = {
        "message": letter.message_id,
        "sent": f"{letter.sent_at:%FT%TZ}",
        "source": letter.source,
        "article": letter.article_id,
        "delivery": (request and request.inbox) or "-",
        "failed": f"{failure.failed_at}, attempt {failure.attempt}" if failure else "-",
        "reason": letter.reason,
    }
    lines = [f"{name + ':':10}{value}" for name, value in fields.items()]
    body = _delivery(letter, bucket).split("\n")
    return "\n".join(map(printable, [*lines, "", *body, ""]))


def _delivery(letter: DeadLetter, bucket: str) -> str:
    if letter.request is None or letter.request.inbox is None:
        return letter.body
    try:
        delivery = get_delivery(bucket, letter.request.inbox)
    except LookupError as error:
        return str(error)
    return delivery.body.decode("utf-8", "backslashreplace")

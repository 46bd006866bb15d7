"""Implements `storycard forget`: erases everything that names an article."""

import argparse
import sys

from adapters.clients import scheduler
from adapters.render_queue import RenderRequest, enqueue
from adapters.storage.erasure import count_by_folder, erase, find_everything
from operations.places import Places, add_arguments, exit_status, find_places
from publishing.embargo import schedule_name
from publishing.takedown import CDN
from storycard.article import check_article_id


def command(argv: list[str]) -> int:
    """Runs `storycard forget ARGV`. Returns 0, or 2 for an invalid ID, a missing stack, no confirmation or an AWS error."""
    options = _parser().parse_args(argv)

    def forget() -> int:
        article_id = check_article_id(options.id)
        return _forget(find_places(options.stack, options.local), article_id, options.scan, options.yes)

    return exit_status(forget)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="storycard forget", description="Erase everything that names an article.")
    parser.add_argument("id", metavar="ID", help="ID of the article, as in its URLs")
    parser.add_argument("--scan", action="store_true", help="also read every delivery, for those of releases without an index")
    parser.add_argument("--yes", action="store_true", help="do not ask for confirmation")
    add_arguments(parser)
    return parser


def _forget(places: Places, article_id: str, scan: bool, is_confirmed: bool) -> int:
    versions, schedules = find_everything(places.bucket, article_id, scan=scan), _schedules(article_id)
    counts = dict(count_by_folder(versions)) | ({"schedules": len(schedules)} if schedules else {})
    if not counts:
        print(f"{article_id}: nothing is stored")
        return 0
    for name, number in counts.items():
        print(f"{name:14}{number:7}")
    if not is_confirmed and not _confirm(article_id, places.bucket):
        print(f"storycard: {article_id}: nothing was erased; confirm with the ID, or with --yes", file=sys.stderr)
        return 2
    for schedule in schedules:
        scheduler().delete_schedule(Name=schedule["Name"], GroupName=schedule["GroupName"])
    erase(places.bucket, versions)
    enqueue(places.queues[0].queue_url, RenderRequest(CDN, article_id=article_id))
    print(f"{article_id}: erased {len(versions)} versions of objects; the CDN follows within minutes")
    return 0


def _schedules(article_id: str) -> list[dict[str, str]]:
    """Returns the schedules of the article's embargo, in whatever group."""
    listed: list[dict[str, str]] = scheduler().list_schedules(NamePrefix=schedule_name(article_id))["Schedules"]
    return listed


def _confirm(article_id: str, bucket: str) -> bool:
    try:
        return input(f"This erases all of it from {bucket} for good. Type the ID to confirm: ").strip() == article_id
    except EOFError:
        return False

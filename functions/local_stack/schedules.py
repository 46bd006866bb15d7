"""Does what EventBridge Scheduler does: sends the messages of due one-time schedules, and calls the feed poller every minute.

moto stores schedules but does not run them.
"""

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from local_stack.aws import Resources
from local_stack.function import FunctionFailed

log = logging.getLogger(__name__)

MINUTE = 60  # seconds, the rate of the schedule in template.yaml
PAUSE = 1  # seconds between two checks; AWS has a precision of one minute


def fire_schedules(scheduler: Any, sqs: Any, resources: Resources, stop: threading.Event) -> None:
    """Sends due messages to the render queue until `stop` is set. `scheduler` and `sqs` are boto3 clients."""
    group = resources.schedule_group
    while not stop.wait(PAUSE):
        for listed in scheduler.list_schedules(GroupName=group)["Schedules"]:
            schedule = scheduler.get_schedule(Name=listed["Name"], GroupName=group)
            # All schedules are ends of embargoes, such as at(2026-03-01T12:00:00), in UTC.
            moment = datetime.fromisoformat(schedule["ScheduleExpression"][3:-1]).replace(tzinfo=UTC)
            if moment <= datetime.now(UTC):
                sqs.send_message(QueueUrl=resources.queue_url, MessageBody=schedule["Target"]["Input"])
                scheduler.delete_schedule(Name=listed["Name"], GroupName=group)


def call_every_minute(function: Callable[[dict[str, Any]], Mapping[str, Any] | None], stop: threading.Event) -> None:
    """Calls the function now and after each minute until `stop` is set. An error is logged: the next minute is a retry."""
    while not stop.is_set():
        try:
            function({})
        except FunctionFailed:
            if not stop.is_set():  # during a shutdown the function is killed on purpose
                log.exception("a scheduled call failed")
        stop.wait(MINUTE)

"""Schedules one message for the render worker at the end of an embargo, replacing any earlier schedule of the article."""

import hashlib
import math
from datetime import UTC, datetime, timedelta

from botocore.exceptions import ClientError

from adapters.clients import scheduler
from adapters.config.settings import Settings
from adapters.render_queue import RenderRequest, enqueue
from adapters.storage.s3_objects import error_code

# EventBridge Scheduler is accurate to the minute and refuses times in the past, so the last minutes are a delay in the queue.
# https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
MAX_QUEUE_WAIT = 120  # seconds; SQS delays for up to 900
LAST_SECOND = datetime.max.replace(microsecond=0, tzinfo=UTC)


def schedule_embargo_end(settings: Settings, article_id: str, until: datetime, now: datetime) -> None:
    """Queues a message for the article when its embargo ends, and replaces a schedule for another time."""
    left = math.ceil((until - now).total_seconds())
    request = RenderRequest("embargo", article_id=article_id)
    if left <= MAX_QUEUE_WAIT:
        enqueue(settings.queue_url, request, delay=max(left, 1))
        return
    # Rounds up to whole seconds, so that the message never comes too early; the calendar's last second has no next one.
    moment = min(until.astimezone(UTC), LAST_SECOND) + timedelta(microseconds=999_999)
    schedule = {
        "Name": schedule_name(article_id),
        "GroupName": settings.schedule_group,
        "ScheduleExpression": f"at({moment:%Y-%m-%dT%H:%M:%S})",
        "ScheduleExpressionTimezone": "UTC",
        "FlexibleTimeWindow": {"Mode": "OFF"},
        "ActionAfterCompletion": "DELETE",
        "Target": {"Arn": settings.queue_arn, "RoleArn": settings.schedule_role_arn, "Input": request.message},
    }
    try:
        scheduler().create_schedule(**schedule)
    except ClientError as error:
        if error_code(error) != "ConflictException":
            raise
        scheduler().update_schedule(**schedule)


def cancel_embargo_end(settings: Settings, article_id: str) -> None:
    """Deletes the article's schedule if there is one."""
    try:
        scheduler().delete_schedule(Name=schedule_name(article_id), GroupName=settings.schedule_group)
    except ClientError as error:
        if error_code(error) != "ResourceNotFoundException":
            raise


def schedule_name(article_id: str) -> str:
    """Returns the schedule's name: one per article, so that a new schedule replaces the old one. An ID would be too long."""
    return "embargo-" + hashlib.sha256(article_id.encode()).hexdigest()[:32]

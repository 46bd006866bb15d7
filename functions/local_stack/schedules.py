"""One-time schedules into queue messages when their moment comes: what EventBridge Scheduler does, and moto only stores."""

import threading
from datetime import UTC, datetime

from local_stack.aws import Resources

PAUSE = 0.5  # seconds between two looks; on AWS a schedule fires within its minute


def fire_schedules(scheduler, sqs, resources: Resources, stop: threading.Event) -> None:
    """Sends what is due to the render queue until `stop` is set; `scheduler` and `sqs` are boto3 clients."""
    group = resources.schedule_group
    while not stop.wait(PAUSE):
        for listed in scheduler.list_schedules(GroupName=group)["Schedules"]:
            schedule = scheduler.get_schedule(Name=listed["Name"], GroupName=group)
            # An embargo's end is the only schedule there is: at(2026-03-01T12:00:00), in UTC.
            moment = datetime.fromisoformat(schedule["ScheduleExpression"][3:-1]).replace(tzinfo=UTC)
            if moment <= datetime.now(UTC):
                sqs.send_message(QueueUrl=resources.queue_url, MessageBody=schedule["Target"]["Input"])
                scheduler.delete_schedule(Name=listed["Name"], GroupName=group)

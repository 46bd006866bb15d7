"""Checks that schedules are fired when due: moto stores them but does not fire them."""

import json
import threading
from dataclasses import replace

import pytest

from local_stack.aws import client, create_resources
from local_stack.schedules import fire_schedules
from support.waiting import PATIENCE, until


@pytest.mark.slow
def test_due_schedule_becomes_one_message_and_others_wait(aws):
    resources = create_resources(aws, "# none")
    scheduler, sqs = client("scheduler", aws), client("sqs", aws)
    queue_url = sqs.create_queue(QueueName="fired")["QueueUrl"]
    for name, moment in {"past": "2026-01-01T00:00:00", "future": "2999-01-01T00:00:00"}.items():
        scheduler.create_schedule(
            Name=name,
            GroupName=resources.schedule_group,
            ScheduleExpression=f"at({moment})",
            FlexibleTimeWindow={"Mode": "OFF"},
            Target={"Arn": resources.queue_arn, "RoleArn": "arn:aws:iam::123456789012:role/r", "Input": json.dumps({"is": name})},
        )
    stop = threading.Event()
    arguments = (scheduler, sqs, replace(resources, queue_url=queue_url), stop)
    thread = threading.Thread(target=fire_schedules, args=arguments)
    thread.start()
    until(lambda: len(scheduler.list_schedules(GroupName=resources.schedule_group)["Schedules"]) < 2, "one schedule to be left")
    stop.set()
    thread.join(PATIENCE)
    assert not thread.is_alive()
    messages = sqs.receive_message(QueueUrl=queue_url, MaxNumberOfMessages=10)["Messages"]
    assert [json.loads(message["Body"]) for message in messages] == [{"is": "past"}]
    [left] = scheduler.list_schedules(GroupName=resources.schedule_group)["Schedules"]
    assert left["Name"] == "future"

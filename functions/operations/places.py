"""Finds the bucket and queues of a running system: a stack on AWS, the local system, or from environment variables."""

import os
from dataclasses import dataclass

from adapters.errors import ConfigInvalid
from adapters.storage.dead_letters import Queues


@dataclass(frozen=True, slots=True)
class Places:
    """Name of the bucket and URLs of the queues."""

    bucket: str
    renders: Queues
    photos: Queues

    @classmethod
    def of(cls, bucket: str, queue: str, dead: str, photo_queue: str, photo_dead: str) -> "Places":
        """Builds the places from a name and four URLs."""
        return cls(bucket, Queues(queue, dead), Queues(photo_queue, photo_dead))


_OUTPUTS = ("BucketName", "RenderQueueUrl", "RenderDeadLetterQueueUrl", "PhotoQueueUrl", "PhotoDeadLetterQueueUrl")


def find_places(stack: str | None, local: str | None) -> Places:
    """Returns the places of the `local` endpoint, else of the CloudFormation `stack`, else of the environment.

    Raises ConfigInvalid naming the first missing variable or output.
    """
    if local:
        return _local(local)
    if stack:
        return _of_stack(stack)
    names = ("BUCKET", "QUEUE_URL", "DEAD_LETTER_QUEUE_URL", "PHOTO_QUEUE_URL", "PHOTO_DEAD_LETTER_QUEUE_URL")
    for name in names:
        if not os.environ.get(name):
            raise ConfigInvalid(name, "an environment variable with a value, or --stack or --local", "nothing")
    return Places.of(*(os.environ[name] for name in names))


def _local(endpoint: str) -> Places:
    from local_stack.aws import BUCKET, QUEUES, aws_environment, client

    environment = aws_environment(endpoint)
    os.environ.clear()  # an AWS profile in the environment would send the calls to AWS
    os.environ.update(environment)
    sqs = client("sqs", endpoint)
    return Places.of(BUCKET, *(sqs.get_queue_url(QueueName=name)["QueueUrl"] for name in QUEUES))


def _of_stack(name: str) -> Places:
    import boto3

    [stack] = boto3.client("cloudformation").describe_stacks(StackName=name)["Stacks"]
    outputs = {output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", ())}
    try:
        return Places.of(*(outputs[key] for key in _OUTPUTS))
    except KeyError as error:
        raise ConfigInvalid(f"--stack {name}", f"a stack with the output {error.args[0]}", "none") from None

"""Finds the bucket and queues of a running system: a stack on AWS, the local system, or from environment variables."""

import argparse
import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from botocore.exceptions import BotoCoreError, ClientError

from adapters.errors import ConfigInvalid
from adapters.storage.dead_letters import Queues
from storycard.errors import FieldError

# A queue and its dead-letter queue: the outputs of the stack, and the environment variables, with their URLs.
_OUTPUTS = (
    ("RenderQueueUrl", "RenderDeadLetterQueueUrl"),
    ("PhotoQueueUrl", "PhotoDeadLetterQueueUrl"),
    ("DoneQueueUrl", "DoneDeadLetterQueueUrl"),
)
_VARIABLES = (
    ("QUEUE_URL", "DEAD_LETTER_QUEUE_URL"),
    ("PHOTO_QUEUE_URL", "PHOTO_DEAD_LETTER_QUEUE_URL"),
    ("DONE_QUEUE_URL", "DONE_DEAD_LETTER_QUEUE_URL"),
)


@dataclass(frozen=True, slots=True)
class Places:
    """Name of the bucket, and URLs of the queues that have a dead-letter queue; the first is the render queue."""

    bucket: str
    queues: tuple[Queues, ...]


def exit_status(act: Callable[[], int]) -> int:
    """Returns what `act` returns; 2 after printing what is wrong with a value or what AWS answered. Raises BrokenPipeError."""
    try:
        return act()
    except FieldError as error:
        print(f"storycard: {error}", file=sys.stderr)
    except BrokenPipeError:
        raise  # nobody reads the output: `storycard.cli` ends the program
    except (BotoCoreError, ClientError, OSError) as error:
        print(f"storycard: AWS: {error}", file=sys.stderr)
    return 2


def number_up_to(most: int) -> Callable[[str], float]:
    """Returns a type of argparse: a number from 0 to `most`."""

    def read(text: str) -> float:
        with suppress(ValueError):
            if 0 <= float(text) <= most:
                return float(text)
        raise argparse.ArgumentTypeError(f"expected a number from 0 to {most:,}, got {text}")

    return read


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the options that `find_places` takes."""
    parser.add_argument("--stack", metavar="NAME", help="CloudFormation stack, as in samconfig.toml")
    parser.add_argument("--local", metavar="URL", help="AWS endpoint of the local system, as printed by storycard serve")


def find_places(stack: str | None, local: str | None) -> Places:
    """Returns the places of the `local` endpoint, else of the CloudFormation `stack`, else of the environment.

    Raises ConfigInvalid naming the first missing variable or output. The queues of done events are optional: stacks of earlier
    releases have no output for them.
    """
    if local:
        return _local(local)
    if stack:
        return _of_stack(stack)
    if not os.environ.get("BUCKET"):
        raise _missing("BUCKET")
    return Places(os.environ["BUCKET"], _queues(os.environ, _VARIABLES, _missing))


def _queues(
    values: Mapping[str, str], names: tuple[tuple[str, str], ...], missing: Callable[[str], ConfigInvalid]
) -> tuple[Queues, ...]:
    for name in (name for pair in names[:2] for name in pair):
        if not values.get(name):
            raise missing(name)
    return tuple(Queues(values[queue], values[dead]) for queue, dead in names if values.get(queue) and values.get(dead))


def _missing(name: str) -> ConfigInvalid:
    return ConfigInvalid(name, "an environment variable with a value, or --stack or --local", "nothing")


def _local(endpoint: str) -> Places:
    from local_stack.aws import BUCKET, QUEUES, aws_environment, client

    environment = aws_environment(endpoint)
    os.environ.clear()  # an AWS profile in the environment would send the calls to AWS
    os.environ.update(environment)
    sqs = client("sqs", endpoint)
    try:
        queue, dead, photo_queue, photo_dead = (sqs.get_queue_url(QueueName=name)["QueueUrl"] for name in QUEUES)
    except ClientError:  # the address of the Studio answers with 404
        raise ConfigInvalid("--local", "the URL that storycard serve prints after --local", endpoint) from None
    return Places(BUCKET, (Queues(queue, dead), Queues(photo_queue, photo_dead)))


def _of_stack(name: str) -> Places:
    import boto3

    [stack] = boto3.client("cloudformation").describe_stacks(StackName=name)["Stacks"]
    outputs = {output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", ())}

    def missing(output: str) -> ConfigInvalid:
        return ConfigInvalid(f"--stack {name}", f"a stack with the output {output}", "none")

    if "BucketName" not in outputs:
        raise missing("BucketName")
    return Places(outputs["BucketName"], _queues(outputs, _OUTPUTS, missing))

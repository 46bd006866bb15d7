"""Implements `storycard archive`: estimates an archive run, and starts the state machine that renders all articles again."""

import argparse
import json
import sys
from dataclasses import dataclass

from botocore.exceptions import BotoCoreError, ClientError

from adapters.clients import s3
from adapters.errors import ConfigInvalid
from storycard.errors import FieldError

# List prices of us-east-1 in US dollars without free tiers, November 2026. docs/archive.md explains the calculation.
GB_SECOND = 0.0000133334  # Lambda on arm64
INVOCATION = 0.20e-6
TRANSITION = 25e-6  # Step Functions, standard
S3_PUT, S3_GET = 5e-6, 0.4e-6  # a LIST request costs as much as a PUT
DONE = 1.8e-6  # one EventBridge event, and one SQS message sent and received
GB_MONTH = 0.023  # S3 Standard, first 50 TB
ARTICLES_A_BATCH, TRANSITIONS_A_BATCH = 10, 3
PUTS, GETS = 30, 11  # requests per article; the PUTs are 24 cards, the manifest, its kept version, the announcement and 3 LISTs
SET_GB = 0.0035  # a set of 24 cards
# Measured as in docs/costs.md, in ms per article with a photograph that is indexed already: CPU time on one core, and 18
# sequential calls to AWS.
CORE_MS, WAITING_MS = 210, 270
DELIVERY_MS = 200  # of a done event; the receiver's answer takes most of it
DAYS_KEPT = 14  # how long the queue keeps done events
# MB at which a function has one full core: https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
ONE_CORE = 1769


def article_ms(memory: int) -> int:
    """Returns the worker's time for one article in ms, given its `memory` in MB. Rendering uses at most one core."""
    return round(CORE_MS * ONE_CORE / min(memory, ONE_CORE) + WAITING_MS)


@dataclass(frozen=True, slots=True)
class Plan:
    """An archive run: `ms` for each article, on functions of `memory` MB, with `concurrency` batches in parallel.

    `deliveries` is the number of parallel deliveries of its done events.
    """

    articles: int
    ms: int
    memory: int
    concurrency: int
    deliveries: int

    @property
    def hours(self) -> float:
        return self.articles * self.ms / 1000 / self.concurrency / 3600

    @property
    def dollars(self) -> float:
        batches = self.articles / ARTICLES_A_BATCH
        computing = self.articles * self.ms / 1000 * self.memory / 1024 * GB_SECOND + batches * INVOCATION
        requests = self.articles * (PUTS * S3_PUT + GETS * S3_GET + DONE)
        return computing + batches * TRANSITION * TRANSITIONS_A_BATCH + requests

    @property
    def dollars_a_month(self) -> float:
        """The monthly cost of storing the cards."""
        return self.articles * SET_GB * GB_MONTH

    @property
    def puts_a_second(self) -> float:
        return self.concurrency * 1000 / self.ms * PUTS

    @property
    def days_of_deliveries(self) -> float:
        """The time to deliver a done event for each article, if a receiver is configured."""
        return self.articles * DELIVERY_MS / 1000 / self.deliveries / 86_400

    def __str__(self) -> str:
        lost = f"; the queue keeps them for {DAYS_KEPT} days: raise it" if self.days_of_deliveries > DAYS_KEPT else ""
        return (
            f"{self.articles:,} articles, {self.concurrency} parallel batches, {self.ms} ms per article with {self.memory} MB\n"
            f"about {self.hours:.1f} hours, US$ {self.dollars:,.2f}, {self.puts_a_second:,.0f} S3 writes per second\n"
            f"{self.articles * SET_GB:,.0f} GB more in S3, US$ {self.dollars_a_month:,.2f} per month\n"
            f"about {self.days_of_deliveries:.1f} days to deliver the done events, with "
            f"ArchiveDoneConcurrency {self.deliveries}{lost}"
        )


def command(argv: list[str]) -> int:
    """Runs `storycard archive ARGV`. Returns the exit status: 0, or 2 for a missing stack or an AWS error."""
    options = _parser().parse_args(argv)
    try:
        stack = _stack(options.stack)
        articles = count_articles(stack["BucketName"], options.prefix)
        memory = int(stack["MemorySize"])
        deliveries = int(stack["ArchiveDoneConcurrency"])
        print(Plan(articles, options.ms or article_ms(memory), memory, options.concurrency, deliveries), flush=True)
        if options.action == "start" and not options.dry_run:
            print(_start(stack["ArchiveStateMachineArn"], options.prefix, options.concurrency))
    except FieldError as error:
        print(f"storycard: {error}", file=sys.stderr)
        return 2
    except (BotoCoreError, ClientError) as error:
        print(f"storycard: AWS: {error}", file=sys.stderr)
        return 2
    return 0


def count_articles(bucket: str, prefix: str) -> int:
    """Returns the number of articles whose key begins with `prefix`; lists 1,000 per request."""
    pages = s3().get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix, Delimiter="/")
    return sum(len(page.get("CommonPrefixes", ())) for page in pages)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="storycard archive", description="Render the stored articles again.")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    for name, does in (
        ("plan", "estimate the number of articles, time and cost"),
        ("start", "print the estimate and start the run"),
    ):
        action = actions.add_parser(name, help=does)
        action.add_argument("--stack", required=True, metavar="NAME", help="CloudFormation stack, as in samconfig.toml")
        action.add_argument(
            "--prefix", default="articles/", type=_prefix, help="articles/ and the beginning of the IDs (default: all)"
        )
        action.add_argument("--concurrency", default=10, type=_positive, help="parallel batches (default: 10)")
        action.add_argument(
            "--ms", type=_positive, help="time per article, from the metric MessageTime (default: estimated from MemorySize)"
        )
        if name == "start":
            action.add_argument("--dry-run", action="store_true", help="do not start the run")
    return parser


def _prefix(text: str) -> str:
    if not text.startswith("articles/"):
        raise argparse.ArgumentTypeError(f"expected articles/ and the beginning of the IDs, got {text}")
    return text


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"expected a whole number above 0, got {text}")
    return int(text)


def _stack(name: str) -> dict[str, str]:
    """Returns the parameters and outputs of a stack by name. Raises ConfigInvalid if it is not a Storycard stack."""
    import boto3

    [found] = boto3.client("cloudformation").describe_stacks(StackName=name)["Stacks"]
    values = {parameter["ParameterKey"]: parameter["ParameterValue"] for parameter in found.get("Parameters", ())}
    values |= {output["OutputKey"]: output["OutputValue"] for output in found.get("Outputs", ())}
    for key in ("BucketName", "ArchiveStateMachineArn", "MemorySize", "ArchiveDoneConcurrency"):
        if key not in values:
            raise ConfigInvalid(f"--stack {name}", f"a stack of template.yaml, which has {key}", "none")
    return values


def _start(state_machine: str, prefix: str, concurrency: int) -> str:
    """Starts the state machine. Returns the ARN of the execution."""
    import boto3

    run = json.dumps({"prefix": prefix, "concurrency": concurrency})
    arn: str = boto3.client("stepfunctions").start_execution(stateMachineArn=state_machine, input=run)["executionArn"]
    return arn

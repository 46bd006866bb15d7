"""`storycard archive plan | start`: how many articles, how long, how much; then the state machine that renders them anew."""

import argparse
import json
import sys
from dataclasses import dataclass

from botocore.exceptions import BotoCoreError, ClientError

from adapters.clients import s3
from adapters.errors import ConfigInvalid
from storycard.errors import FieldError

# List prices in US dollars of us-east-1 without free tiers, November 2026; docs/archive.md shows the sum.
GB_SECOND = 0.0000133334  # Lambda on arm64
INVOCATION = 0.20e-6
TRANSITION = 25e-6  # Step Functions, standard
S3_PUT, S3_GET = 5e-6, 0.4e-6  # a LIST costs what a PUT does
DONE = 1.8e-6  # an event on EventBridge, a message to SQS and back
GB_MONTH = 0.023  # S3 standard, its first 50 TB
ARTICLES_A_BATCH, TRANSITIONS_A_BATCH = 10, 3
PUTS, GETS = 43, 10  # an article: 24 cards, the manifest, its entries in the index; what is read and looked for
SET_GB = 0.0035  # 24 cards
# As docs/costs.md has them, in ms: an article's time on one core, measured with a photograph, and its calls one after the other.
CORE_MS, WAITING_MS = 300, 300
ONE_CORE = 1769  # MB, at which a function has one: https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html


def article_ms(memory: int) -> int:
    """How long the worker takes for one article with so many MB. It draws on one core, so more than one makes nothing faster."""
    return round(CORE_MS * ONE_CORE / min(memory, ONE_CORE) + WAITING_MS)


@dataclass(frozen=True, slots=True)
class Plan:
    """A run over `articles`, each `ms` long on a function of `memory` MB, `concurrency` batches at once."""

    articles: int
    ms: int
    memory: int
    concurrency: int

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
        """For storing what the run makes, from then on."""
        return self.articles * SET_GB * GB_MONTH

    @property
    def puts_a_second(self) -> float:
        return self.concurrency * 1000 / self.ms * PUTS

    def __str__(self) -> str:
        return (
            f"{self.articles:,} articles, {self.concurrency} batches at once, {self.ms} ms an article with {self.memory} MB\n"
            f"about {self.hours:.1f} hours, US$ {self.dollars:,.2f}, {self.puts_a_second:,.0f} writes to S3 a second\n"
            f"{self.articles * SET_GB:,.0f} GB more in S3, US$ {self.dollars_a_month:,.2f} a month"
        )


def command(argv: list[str]) -> int:
    """The exit code of `storycard archive ARGV`: 0, or 2 when something asked for is not there."""
    options = _parser().parse_args(argv)
    try:
        stack = _stack(options.stack)
        articles = count_articles(stack["BucketName"], options.prefix)
        memory = int(stack["MemorySize"])
        print(Plan(articles, options.ms or article_ms(memory), memory, options.concurrency), flush=True)
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
    """How many articles have an ID that begins as `prefix` says, a thousand at a time."""
    pages = s3().get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix, Delimiter="/")
    return sum(len(page.get("CommonPrefixes", ())) for page in pages)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="storycard archive", description="Render the stored articles anew.")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    for name, does in (("plan", "how many articles, how long, how much"), ("start", "the same, and then start")):
        action = actions.add_parser(name, help=does)
        action.add_argument("--stack", required=True, metavar="NAME", help="of CloudFormation, as samconfig.toml has it")
        action.add_argument("--prefix", default="articles/", type=_prefix, help="articles/ and how IDs begin (default: all)")
        action.add_argument("--concurrency", default=10, type=_positive, help="batches at once (default: 10)")
        action.add_argument("--ms", type=_positive, help="an article, as MessageTime says (default: by the stack's MemorySize)")
        if name == "start":
            action.add_argument("--dry-run", action="store_true", help="do not start")
    return parser


def _prefix(text: str) -> str:
    if not text.startswith("articles/"):
        raise argparse.ArgumentTypeError(f"expected articles/ and how IDs begin, got {text}")
    return text


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"expected a number from 1, got {text}")
    return int(text)


def _stack(name: str) -> dict[str, str]:
    """Values of the stack's parameters and outputs. Raises ConfigInvalid for a stack that is not Storycard's."""
    import boto3

    [found] = boto3.client("cloudformation").describe_stacks(StackName=name)["Stacks"]
    values = {parameter["ParameterKey"]: parameter["ParameterValue"] for parameter in found.get("Parameters", ())}
    values |= {output["OutputKey"]: output["OutputValue"] for output in found.get("Outputs", ())}
    for key in ("BucketName", "ArchiveStateMachineArn", "MemorySize"):
        if key not in values:
            raise ConfigInvalid(f"--stack {name}", f"a stack with {key}, as template.yaml makes it", "none")
    return values


def _start(state_machine: str, prefix: str, concurrency: int) -> str:
    """The execution's ARN."""
    import boto3

    run = json.dumps({"prefix": prefix, "concurrency": concurrency})
    return boto3.client("stepfunctions").start_execution(stateMachineArn=state_machine, input=run)["executionArn"]

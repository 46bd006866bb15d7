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
ARTICLES_A_BATCH, TRANSITIONS_A_BATCH = 10, 3
PUTS, GETS = 30, 12  # an article: 24 cards, the manifest, notes of what was told; what is read and looked for


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
        return computing + batches * TRANSITION * TRANSITIONS_A_BATCH + self.articles * (PUTS * S3_PUT + GETS * S3_GET)

    @property
    def puts_a_second(self) -> float:
        return self.concurrency * 1000 / self.ms * PUTS

    def __str__(self) -> str:
        return (
            f"{self.articles:,} articles, {self.concurrency} batches at once, {self.ms} ms an article\n"
            f"about {self.hours:.1f} hours, US$ {self.dollars:,.2f}, {self.puts_a_second:,.0f} writes to S3 a second"
        )


def command(argv: list[str]) -> int:
    """The exit code of `storycard archive ARGV`: 0, or 2 when something asked for is not there."""
    options = _parser().parse_args(argv)
    try:
        outputs = _outputs(options.stack)
        articles = count_articles(outputs["BucketName"], options.prefix)
        print(Plan(articles, options.ms, options.memory, options.concurrency), flush=True)
        if options.action == "start" and not options.dry_run:
            print(_start(outputs["ArchiveStateMachineArn"], options.prefix, options.concurrency))
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
        action.add_argument("--ms", default=3000, type=_positive, help="an article, as MessageTime says (default: 3000)")
        action.add_argument("--memory", default=512, type=_positive, help="MB, the stack's MemorySize (default: 512)")
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


def _outputs(stack: str) -> dict[str, str]:
    import boto3

    [found] = boto3.client("cloudformation").describe_stacks(StackName=stack)["Stacks"]
    outputs = {output["OutputKey"]: output["OutputValue"] for output in found.get("Outputs", ())}
    for name in ("BucketName", "ArchiveStateMachineArn"):
        if name not in outputs:
            raise ConfigInvalid(f"--stack {stack}", f"a stack with the output {name}", "none")
    return outputs


def _start(state_machine: str, prefix: str, concurrency: int) -> str:
    """The execution's ARN."""
    import boto3

    run = json.dumps({"prefix": prefix, "concurrency": concurrency})
    return boto3.client("stepfunctions").start_execution(stateMachineArn=state_machine, input=run)["executionArn"]

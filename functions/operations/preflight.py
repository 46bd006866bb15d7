"""Implements `storycard preflight`: reads the account's limit of concurrent executions before a deployment reserves some."""

import argparse
import sys
from typing import NamedTuple

from botocore.exceptions import BotoCoreError, ClientError

# Lambda keeps this many unreserved: https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
KEPT = 100


class Limits(NamedTuple):
    """Concurrent executions of an account in one region: all, and those that no function has reserved."""

    total: int
    unreserved: int

    @property
    def free(self) -> int:
        """How many can still be reserved."""
        return max(0, self.unreserved - KEPT)


def command(argv: list[str]) -> int:
    """Runs `storycard preflight ARGV`. Returns 0, 1 if `--reserve` asks for more than the account has, or 2 for an AWS error."""
    parser = argparse.ArgumentParser(
        prog="storycard preflight", description="Print how many concurrent executions of the account can be reserved."
    )
    parser.add_argument("--region", metavar="REGION", help="default: that of the AWS profile")
    parser.add_argument(
        "--reserve", type=int, default=0, metavar="N", help="the sum that the parameters reserve; exit with 1 if it is too much"
    )
    options = parser.parse_args(argv)
    try:
        limits = _read_limits(options.region)
    except (BotoCoreError, ClientError) as error:
        print(f"storycard: AWS: {error}", file=sys.stderr)
        return 2
    print(describe(limits))
    if options.reserve <= limits.free:
        return 0
    print(f"storycard: --reserve: expected at most {limits.free}, got {options.reserve}", file=sys.stderr)
    return 1


def describe(limits: Limits) -> str:
    """Returns what the limits mean for the parameters of the stack."""
    lines = [f"concurrent executions: {limits.total}, of which {limits.unreserved} are unreserved and {KEPT} must remain so"]
    if limits.free:
        lines.append(f"WebhookConcurrency, HttpApiConcurrency and a reserved RenderConcurrency: at most {limits.free} together")
    else:
        lines += [
            "WebhookConcurrency, HttpApiConcurrency: leave at 0; ReserveRenderConcurrency: leave off",
            "to raise the limit: Service Quotas, AWS Lambda, Concurrent executions (L-B99A9384)",
        ]
    if limits.total < 50:
        lines.append(
            f"RenderConcurrency: set to {max(2, limits.total // 3)}, or a burst of renders takes what requests and webhooks need"
        )
    return "\n".join(lines)


def _read_limits(region: str | None) -> Limits:
    import boto3

    account = boto3.client("lambda", region_name=region).get_account_settings()["AccountLimit"]
    return Limits(account["ConcurrentExecutions"], account["UnreservedConcurrentExecutions"])

"""Compares the last release's template with this one, and lists what a deployment would delete or replace by an empty one.

`PYTHONPATH=tests python tests/support/template_changes.py .ci/released-template.yaml template.yaml` exits with 1 if there is any.
Before the first release there is no released template, so nothing can be lost.
"""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from support.template import Loader

# Resources that hold data or have a public address, and the properties whose change makes CloudFormation replace them:
# "Update requires: Replacement" at https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/
KEPT = {
    "AWS::S3::Bucket": ("BucketName", "BucketNamePrefix", "BucketNamespace"),
    "AWS::SQS::Queue": ("QueueName", "FifoQueue"),
    "AWS::SecretsManager::Secret": ("Name",),
    "AWS::Serverless::HttpApi": (),
    "AWS::CloudFront::Distribution": (),
    "AWS::Scheduler::ScheduleGroup": ("Name",),
    "AWS::SNS::Topic": ("TopicName", "FifoTopic"),
}
POLICIES = ("DeletionPolicy", "UpdateReplacePolicy", "Condition")


def losses(released: Mapping, now: Mapping) -> Iterator[str]:
    """Yields a sentence for each resource that would be lost, and for parameters that break an update."""
    for name, old in released["Resources"].items():
        if old["Type"] not in KEPT:
            continue
        new = now["Resources"].get(name)
        if new is None or new["Type"] != old["Type"]:
            yield f"{name}: {old['Type']} would be deleted"
            continue
        for key in KEPT[old["Type"]]:
            if new.get("Properties", {}).get(key) != old.get("Properties", {}).get(key):
                yield f"{name}: another {key} would replace it"
        for key in POLICIES:
            if new.get(key) not in (old.get(key), "Retain"):
                yield f"{name}: {key} was {old.get(key)}, is {new.get(key)}"
    for name in released["Parameters"]:
        if name not in now["Parameters"]:
            yield f"parameter {name} is gone: deployments that set it would fail"
    for name, parameter in now["Parameters"].items():
        if name not in released["Parameters"] and "Default" not in parameter:
            yield f"parameter {name} is new and has no default: deployments that do not set it would fail"


def read(path: Path) -> Mapping:
    return yaml.load(path.read_text(encoding="utf-8"), Loader)


def main(released: Path, now: Path) -> int:
    """Prints what would be lost and returns the exit code."""
    if not released.exists():
        print(f"{released}: not there, so there is no release that {now} could lose resources of.")
        return 0
    found = list(losses(read(released), read(now)))
    print(f"{released.read_text(encoding='utf-8').splitlines()[0]}, compared with {now}:")
    print("\n".join(found) or "Nothing would be deleted or replaced that holds anything.")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))

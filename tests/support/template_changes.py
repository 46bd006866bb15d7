"""The last release's template and this one into what a deployment would take away: what it deletes, or replaces by an empty one.

`PYTHONPATH=tests python tests/support/template_changes.py .ci/released-template.yaml template.yaml` exits with 1 if there is any.
Before the first release there is no released template, so nothing can be lost.
"""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from support.template import Loader

# What holds something, or is known by an address, and the properties whose change has CloudFormation make a new one:
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
    """A sentence for each thing that would be lost, and for parameters that break a deployment."""
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
            if new.get(key) != old.get(key):
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
    """The exit code; prints what would be lost."""
    if not released.exists():
        print(f"{released}: not there, so nothing has been released that {now} could take away.")
        return 0
    found = list(losses(read(released), read(now)))
    print(f"{released.read_text(encoding='utf-8').splitlines()[0]}, compared with {now}:")
    print("\n".join(found) or "Nothing would be deleted or replaced that holds anything.")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))

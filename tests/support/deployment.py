"""Resolves the built template as CloudFormation would: the environment of each function and the rights of its role."""

import json
import re
import urllib.request
from collections.abc import Mapping

from local_stack.aws import Resources, aws_environment, client

TRUST = json.dumps({"Version": "2012-10-17", "Statement": []})


def names_in(template: dict, resources: Resources) -> Mapping[str, object]:
    """Returns the values of `Ref`, `GetAtt` and conditions on this machine."""
    parameters = {name: str(parameter["Default"]) for name, parameter in template["Parameters"].items()}
    account = "eu-central-1:123456789012"
    log_groups = {
        f"{name}.Arn": f"arn:aws:logs:{account}:log-group:{name}:*"
        for name, resource in template["Resources"].items()
        if resource["Type"] == "AWS::Logs::LogGroup"
    }
    secretsmanager = client("secretsmanager", resources.endpoint)
    webhooks_secret = secretsmanager.describe_secret(SecretId=resources.webhooks_secret)
    connections_secret = secretsmanager.describe_secret(SecretId=resources.connections_secret)
    sqs = client("sqs", resources.endpoint)
    done_queue = sqs.get_queue_attributes(QueueUrl=resources.done_queue_url, AttributeNames=["QueueArn"])
    return {
        **parameters,
        **dict.fromkeys(template["Conditions"], False),  # without the CDN and other optional parts
        **log_groups,
        "Bucket": resources.bucket,
        "Bucket.Arn": f"arn:aws:s3:::{resources.bucket}",
        "RenderQueue": resources.queue_url,
        "RenderQueue.Arn": resources.queue_arn,
        "PhotoQueue": resources.photo_queue_url,
        "PhotoQueue.Arn": resources.queue_arn.replace("storycard-renders", "storycard-photos"),
        "DoneQueue": resources.done_queue_url,
        "ArchiveDoneQueue": resources.done_queue_url,
        "ArchiveDoneQueue.Arn": done_queue["Attributes"]["QueueArn"],
        "DoneQueue.Arn": done_queue["Attributes"]["QueueArn"],
        "ScheduleGroup": resources.schedule_group,
        "SchedulerRole.Arn": "arn:aws:iam::123456789012:role/scheduler",
        "WebhooksSecret": webhooks_secret["ARN"],
        "ConnectionsSecret": connections_secret["ARN"],
        "HttpApi": "api",
        "Configuration": "1",  # Ref of a HostedConfigurationVersion is its number
        "AWS::Partition": "aws",
        "AWS::AccountId": "123456789012",
        "AWS::Region": "eu-central-1",
        "AWS::URLSuffix": "amazonaws.com",
        "AWS::StackName": "storycard",
    }


def resolve(value: object, names: Mapping[str, object]) -> object:
    """Resolves the intrinsic functions in `value`. Raises KeyError for the name of an unknown resource."""
    match value:
        case {"Ref": name}:
            return names[name]
        case {"Fn::GetAtt": [name, attribute]}:
            return names[f"{name}.{attribute}"]
        case {"Fn::Sub": text}:
            return re.sub(r"\$\{(.+?)\}", lambda match: str(names[match[1]]), text)
        case {"Fn::If": [condition, yes, no]}:
            return resolve(yes if names[condition] else no, names)
        case dict():
            return {key: resolve(item, names) for key, item in value.items()}
        case list():
            return [resolve(item, names) for item in value]
        case _:
            return value


def environment_of(function: dict, template: dict, names: Mapping[str, object]) -> dict[str, str]:
    shared = template["Globals"]["Function"]["Environment"]["Variables"]
    own = function.get("Environment", {}).get("Variables", {})
    return {name: str(resolve(value, names)) for name, value in (shared | own).items()}


def role_environment(name: str, statements: list[dict], endpoint: str) -> dict[str, str]:
    """Creates a role with this policy, its statements resolved, and returns the AWS settings to act as it."""
    iam = client("iam", endpoint)
    role = iam.create_role(RoleName=name, AssumeRolePolicyDocument=TRUST)["Role"]
    document = {"Version": "2012-10-17", "Statement": [_as_moto_reads(statement) for statement in statements]}
    iam.put_role_policy(RoleName=name, PolicyName=name, PolicyDocument=json.dumps(document))
    credentials = client("sts", endpoint).assume_role(RoleArn=role["Arn"], RoleSessionName="artefact")["Credentials"]
    return {
        **aws_environment(endpoint),
        "AWS_ACCESS_KEY_ID": credentials["AccessKeyId"],
        "AWS_SECRET_ACCESS_KEY": credentials["SecretAccessKey"],
        "AWS_SESSION_TOKEN": credentials["SessionToken"],
    }


def enforce_roles(endpoint: str) -> None:
    """Makes moto check every further call against IAM policies. It ignores their conditions."""
    request = urllib.request.Request(f"{endpoint}/moto-api/reset-auth", b"0", {"Content-Type": "text/plain"}, method="POST")
    urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request).close()


def _as_moto_reads(statement: dict) -> dict:
    """Widens resources to "*" except for S3 and SQS, the only services for which moto finds the resource of a call."""
    actions = statement["Action"]
    service = (actions if isinstance(actions, str) else actions[0]).split(":")[0]
    return statement if service in ("s3", "sqs") else statement | {"Resource": "*"}

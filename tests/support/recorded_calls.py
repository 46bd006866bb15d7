"""Records AWS calls with a hook in botocore, and returns the rights they need in the terms of template.yaml."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from adapters import clients

BUCKET = "${Bucket.Arn}"
QUEUES = {
    "renders": "${RenderQueue.Arn}",
    "photos": "${PhotoQueue.Arn}",
    "done": "${DoneQueue.Arn}",
    "archive-done": "${ArchiveDoneQueue.Arn}",
}
SECRETS = {"webhooks": "${WebhooksSecret}", "connections": "${ConnectionsSecret}"}
REGION = "${AWS::Region}:${AWS::AccountId}"
SCHEDULE = f"arn:${{AWS::Partition}}:scheduler:{REGION}:schedule/${{ScheduleGroup}}/*"
BUS = f"arn:${{AWS::Partition}}:events:{REGION}:event-bus/"
PARAMETER = f"arn:${{AWS::Partition}}:ssm:{REGION}:parameter${{PublicBaseUrlParameter}}"


@dataclass(frozen=True)
class Right:
    """An action on a resource; `prefix` is the prefix of a listing."""

    action: str
    resource: str
    prefix: str = ""


@contextmanager
def recorded() -> Iterator[set[Right]]:
    """Collects the rights that all calls in the block need, including refused and presigned calls."""
    rights: set[Right] = set()
    keys = threading.local()

    def before(params: dict, model, **_) -> None:
        keys.asked = params.get("Key", "")
        rights.update(_rights(model.name, params))

    def after(http_response, **_) -> None:
        if http_response.status_code == 404:  # S3 answers 404 only to callers that may list, others get 403
            rights.add(Right("s3:ListBucket", BUCKET, keys.asked))

    used = [clients.s3(), clients.sqs(), clients.scheduler(), clients.events(), clients.ssm(), clients.cloudfront()]
    used.append(clients.secretsmanager())
    for client in used:
        client.meta.events.register("provide-client-params", before)
    reads = ("after-call.s3.GetObject", "after-call.s3.HeadObject")
    for name in reads:
        clients.s3().meta.events.register(name, after)
    try:
        yield rights
    finally:
        for client in used:
            client.meta.events.unregister("provide-client-params", before)
        for name in reads:
            clients.s3().meta.events.unregister(name, after)


def _rights(operation: str, params: dict) -> Iterator[Right]:
    match operation:
        case "GetObject" | "HeadObject":
            yield Right("s3:GetObject", f"{BUCKET}/{params['Key']}")
        case "PutObject" | "DeleteObject":
            yield Right(f"s3:{operation}", f"{BUCKET}/{params['Key']}")
        case "DeleteObjects":
            for item in params["Delete"]["Objects"]:
                yield Right("s3:DeleteObject", f"{BUCKET}/{item['Key']}")
        case "ListObjectsV2":
            yield Right("s3:ListBucket", BUCKET, params["Prefix"])
        case "SendMessage" | "ChangeMessageVisibility":
            yield Right(f"sqs:{operation}", QUEUES[params["QueueUrl"].rpartition("/")[2]])
        case "CreateSchedule" | "UpdateSchedule":
            yield Right(f"scheduler:{operation}", SCHEDULE)
            yield Right("iam:PassRole", "${SchedulerRole.Arn}")
        case "DeleteSchedule":
            yield Right("scheduler:DeleteSchedule", SCHEDULE)
        case "PutEvents":
            yield from (Right("events:PutEvents", BUS + entry["EventBusName"]) for entry in params["Entries"])
        case "GetSecretValue":
            yield Right("secretsmanager:GetSecretValue", SECRETS[params["SecretId"]])
        case "GetParameter":
            yield Right("ssm:GetParameter", PARAMETER)
        case "CreateInvalidation":
            account = "arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/"
            yield Right("cloudfront:CreateInvalidation", account + "${Distribution}")
        case _:
            raise NotImplementedError(f"{operation}: which right does it need?")

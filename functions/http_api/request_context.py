"""Defines RequestContext, which every handler takes: the event, the settings, the deadline and the caller."""

import time
from dataclasses import dataclass, field
from functools import cache

from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2

from adapters.clients import ssm
from adapters.config.settings import Settings
from adapters.web.callers import Caller

RESERVE = 2.0  # seconds of the function's time that are kept for sending the response


@dataclass(frozen=True, slots=True)
class RequestContext:
    """One HTTP request, with the settings of the process and its deadline in seconds on the monotonic clock.

    `caller` is None on routes that need no role.
    """

    request: APIGatewayProxyEventV2
    settings: Settings
    deadline: float
    caller: Caller | None = None
    audit: dict[str, object] = field(default_factory=dict)  # what a handler adds to its line in the audit log

    @property
    def seconds_left(self) -> float:
        """The seconds that a handler may still spend; never negative."""
        return max(0.0, self.deadline - RESERVE - time.monotonic())

    @property
    def caller_name(self) -> str:
        """The name of the caller; "" on routes that need no role."""
        return self.caller.name if self.caller else ""

    @property
    def base_url(self) -> str:
        """The public address of this site: the configured one, else the CDN's, else the domain that API Gateway reports.

        No request header is trusted for it: clients can forge headers, and manifests are stored with their URLs.
        """
        if self.settings.public_base_url:
            return self.settings.public_base_url
        if self.settings.public_base_url_parameter:
            return _stored_base_url(self.settings.public_base_url_parameter)
        return f"https://{self.request.request_context.domain_name}"


@cache
def _stored_base_url(parameter: str) -> str:
    """Reads the CDN's address from SSM, once in a process: it does not change while the CDN exists."""
    return str(ssm().get_parameter(Name=parameter)["Parameter"]["Value"])

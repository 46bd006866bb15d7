"""Defines a route: a path and, for each of its methods, the handler, the role it needs and its documentation."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from adapters.web.responses import HttpResponse
from adapters.web.tokens import Role

Handler = Callable[..., HttpResponse]  # takes a RequestContext, then the parts of the path by name
OpenApi = Mapping[str, object]  # a piece of an OpenAPI document


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of a route. `operation_id` is the stable name that generated clients call it by."""

    handler: Handler
    operation_id: str = ""
    summary: str = ""
    responses: Mapping[int, OpenApi] = field(default_factory=dict)  # by status, errors excepted
    errors: tuple[int, ...] = ()  # statuses; 401 and 403 are added where a role is needed
    error_content: OpenApi = field(default_factory=dict)  # what an error may be besides problem+json
    parameters: tuple[OpenApi, ...] = ()  # of the query; those of the path are documented by their names
    body: OpenApi | None = None
    role: Role | None = None  # None for the public
    audit: str = ""  # what the audit log calls a successful call; empty for none


@dataclass(frozen=True, slots=True)
class Route:
    """A path and its operations by method. In `pattern`, a name in <> matches one segment, as in Powertools' rules."""

    pattern: str
    operations: Mapping[str, Operation]

    @property
    def template(self) -> str:
        """The path as OpenAPI writes it: `/cards/{article_id}.zip`."""
        return re.sub(r"<(\w+)>", r"{\1}", self.pattern).replace("[.]", ".")


def get_and_head(operation: Operation) -> dict[str, Operation]:
    """Returns the same operation for GET and HEAD; `getManifest` is documented as `headManifest` for HEAD."""
    name = operation.operation_id
    return {"GET": operation, "HEAD": replace(operation, operation_id=name and f"head{name.removeprefix('get')}")}

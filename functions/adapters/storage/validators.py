"""Defines Validators: the ETag and the time of a response, which a later conditional request sends (RFC 9110, 13.1)."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Validators:
    """The validators of a response; "" stands for a missing one."""

    etag: str = ""
    last_modified: str = ""

    @classmethod
    def of(cls, headers: Mapping[str, str]) -> "Validators":
        return cls(headers.get("etag", ""), headers.get("last-modified", ""))

    @property
    def conditions(self) -> dict[str, str]:
        """The headers of a conditional request, which is answered with 304 if nothing has changed."""
        headers = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in headers.items() if value}


NO_VALIDATORS = Validators()

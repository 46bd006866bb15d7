"""Reads the preferences of a client, and chooses an image type by its Accept header (RFC 9110, 12.4 and 12.5)."""

SMALLEST_FIRST = ("avif", "webp")


def modern_type(accept: str) -> str | None:
    """Returns the smallest modern type that the client accepts by name; None where only PNG and JPEG are safe.

    Wildcards do not count: crawlers that support neither type send `image/*`.
    """
    quality = _qualities(accept)
    return next((name for name in SMALLEST_FIRST if quality.get(f"image/{name}", 0) > 0), None)


def accepts_gzip(accept_encoding: str) -> bool:
    """Returns whether the client accepts gzip by its name, its alias or a wildcard (RFC 9110, 8.4.1.3 and 12.5.3).

    False without the header. It would allow every coding then, but many clients that send none decode none.
    """
    quality = _qualities(accept_encoding)
    return next((quality[name] for name in ("gzip", "x-gzip", "*") if name in quality), 0) > 0


def _qualities(header: str) -> dict[str, float]:
    """Returns what Accept or Accept-Encoding names, with its quality: 1 without a `q`, 0 with an invalid one."""
    return dict(_quality(part) for part in header.split(","))


def _quality(part: str) -> tuple[str, float]:
    accepted, *parameters = (piece.strip().lower() for piece in part.split(";"))
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return accepted, float(value)
            except ValueError:
                return accepted, 0.0
    return accepted, 1.0

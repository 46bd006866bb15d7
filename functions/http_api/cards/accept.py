"""Chooses an image type by the Accept header (RFC 9110, 12.5.1)."""

SMALLEST_FIRST = ("avif", "webp")


def modern_type(accept: str) -> str | None:
    """Returns the smallest modern type that the client accepts by name; None where only PNG and JPEG are safe.

    Wildcards do not count: crawlers that support neither type send `image/*`.
    """
    quality = dict(_media_range(part) for part in accept.split(","))
    return next((name for name in SMALLEST_FIRST if quality.get(f"image/{name}", 0) > 0), None)


def _media_range(part: str) -> tuple[str, float]:
    """Returns a media range and its quality: 1 without a `q`, 0 with an invalid one."""
    media_type, *parameters = (piece.strip().lower() for piece in part.split(";"))
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return media_type, float(value)
            except ValueError:
                return media_type, 0.0
    return media_type, 1.0

"""An Accept header into the image type that serves this client best (RFC 9110, 12.5.1)."""

SMALLEST_FIRST = ("avif", "webp")  # taken only by name: `image/*` is what crawlers say that can show neither


def modern_type(accept: str) -> str | None:
    """The smallest type that the client names and does not refuse, None where only PNG and JPEG are safe."""
    named = dict(_ranges(accept))
    return next((name for name in SMALLEST_FIRST if named.get(f"image/{name}", 0) > 0), None)


def _ranges(accept: str) -> list[tuple[str, float]]:
    return [_range(part) for part in accept.split(",")]


def _range(part: str) -> tuple[str, float]:
    media_type, *parameters = (piece.strip().lower() for piece in part.split(";"))
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return media_type, float(value)
            except ValueError:
                return media_type, 0.0
    return media_type, 1.0

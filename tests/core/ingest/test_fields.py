"""Tests reading objects, times and points out of a CMS's JSON."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from storycard.errors import ArticleInvalid
from storycard.ingest.fields import first_time, parse_time, read_object, relative_point

MORNING = datetime(2026, 11, 5, 6, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "time"),
    [
        ("2026-11-05T06:15:00Z", MORNING),
        ("2026-11-05 06:15:00", MORNING),
        ("2026-11-05T06:15:00.000000000+00:00", MORNING),
        ("2026-11-05T07:15:00+01:00", datetime(2026, 11, 5, 7, 15, tzinfo=timezone(timedelta(hours=1)))),
        ("2026-11-05", datetime(2026, 11, 5, tzinfo=UTC)),
        ("0001-01-01T00:00:00+14:00", datetime(1, 1, 1, tzinfo=UTC)),
        ("yesterday at noon", None),
        ("2026-13-05", None),
        (1_762_323_300, None),
        (None, None),
    ],
)
def test_parses_iso_8601_times(value: object, time: datetime | None) -> None:
    assert parse_time(value) == time


def test_first_time_skips_missing_and_invalid_times() -> None:
    assert first_time({"a": "soon", "c": "2026-11-05T06:15:00Z", "d": "2027-01-01"}, "a", "b", "c", "d") == MORNING
    assert first_time({"a": "soon"}, "a", "b") is None


@pytest.mark.parametrize(
    ("point", "picture", "shares"),
    [
        ({"x": 300, "y": 100}, {"width": 400, "height": 400}, (0.75, 0.25)),
        ({"x": 401, "y": 100}, {"width": 400, "height": 400}, None),
        ({"x": 300}, {"width": 400, "height": 400}, None),
        ({"x": 300, "y": 100}, {"width": 400, "height": "400"}, None),
        ({"x": True, "y": 0}, {"width": 400, "height": 400}, None),
        ({"x": 0, "y": 0}, {"width": 0, "height": 0}, None),
    ],
)
def test_converts_point_in_px_to_shares(point: object, picture: object, shares: tuple[float, float] | None) -> None:
    assert relative_point(point, picture) == shares


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'{"title": ', "body: expected JSON, got a fault at line 1, column 11: expecting value"),
        (b"[" * 100_000, "body: expected JSON of a few levels, got hundreds of levels"),
        (b"[{}, {}]", "body: expected a JSON object, or a list of one, got a list of 2"),
    ],
)
def test_says_where_json_is_broken(data: bytes, message: str) -> None:
    with pytest.raises(ArticleInvalid) as caught:
        read_object(data)
    assert str(caught.value) == message

"""Tests what is listed about a prepared photograph."""

import json

import pytest

from storycard_photo import list_facts, normalise
from support.people import people
from support.photo_files import landscape, written
from support.photographs import large_photo


def test_lists_faces_with_boxes_scores_and_eyes() -> None:
    person = next(person for person in people() if person.name == "canyon-couple")
    facts = json.loads(json.dumps(list_facts(normalise(person.data))))
    assert facts["source"] == "faces"
    assert len(facts["faces"]) == 2
    assert facts["windows"] == []
    for face in facts["faces"]:
        (left, top, right, bottom), outer = face["box"], face["head"]
        assert outer[0] < left < right < outer[2]
        assert outer[1] < top < bottom < outer[3]
        assert 0.65 <= face["score"] <= 1
        assert [left < x < right and top < y < (top + bottom) / 2 + 0.01 for x, y in face["eyes"]] == [True, True]


def test_lists_windows_and_the_luminance_and_busyness_of_cells() -> None:
    facts = list_facts(normalise(written(landscape((0.3, 0.4)), "JPEG")))
    assert (facts["width"], facts["height"], facts["faces"]) == (1200, 800, [])
    [window] = facts["windows"]
    assert window[0] < 0.3 < window[2]
    cells = facts["cells"]
    assert (cells["columns"], cells["rows"]) == (12, 8)
    sky, meadow = cells["luminance"][0], cells["luminance"][-1]
    assert (sky, meadow) == pytest.approx((203, 124), abs=3)
    assert cells["busyness"][0] <= 1
    grain = list_facts(normalise(large_photo()))["cells"]["busyness"]
    assert min(grain) >= 3

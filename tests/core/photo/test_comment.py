"""Tests that forged comments of stored photos are ignored."""

import pytest
from PIL import Image

from storycard.photo import open_photo
from storycard.photo.comment import Comment, write_comment
from storycard.photo.subject import find_subject
from support.photo_files import YELLOW, landscape, quarters, written


@pytest.mark.parametrize("half", [b"-3", b"1e9", b'"5"', b"[]", b"true", b"99999999"])
def test_ignores_invalid_length_of_the_half_size_copy(half: bytes) -> None:
    picture = written(landscape((0.3, 0.4)), "JPEG", comment=b'storycard 1 {"point":[0.5,0.5],"faces":[],"half":' + half + b"}")
    assert open_photo(picture).fill(400, 300).size == (400, 300)


def test_ignores_forged_comment() -> None:
    picture = quarters()
    for forged in (
        b"storycard 1 {",
        b'storycard 1 {"point":[9,9],"faces":[]}',
        b'storycard 1 {"point":[0.1,0.1],"faces":[[1]]}',
        b"storycard 1 []",
        b'storycard 1 {"point":[0.1,0.1],"faces":[' + b",".join([b"[0,0,1,1]"] * 1000) + b"]}",
    ):
        subject = open_photo(written(picture, "JPEG", comment=forged)).subject
        assert subject.point == pytest.approx(find_subject(picture, ()).point, abs=0.02)
        assert not subject.faces
    upside_down = Image.Exif()
    upside_down[0x0112] = 3
    ours = write_comment(Comment(find_subject(picture, ())))
    turned = open_photo(written(picture, "JPEG", comment=ours, exif=upside_down)).fill(200, 200)
    assert turned.getpixel((10, 10)) == pytest.approx(YELLOW, abs=12)

"""Tests that photos with forged comments are refused."""

import pytest

from storycard.photo import PhotoInvalid, open_photo
from support.photo_files import landscape, quarters, written


@pytest.mark.parametrize("half", [b"-3", b"1e9", b'"5"', b"[]", b"true", b"99999999"])
def test_ignores_invalid_length_of_the_half_size_copy(half: bytes) -> None:
    picture = written(landscape((0.3, 0.4)), "JPEG", comment=b'storycard 1 {"point":[0.5,0.5],"faces":[],"half":' + half + b"}")
    assert open_photo(picture).fill(400, 300).size == (400, 300)


@pytest.mark.parametrize(
    "forged",
    [
        b"storycard 1 {",
        b'storycard 1 {"point":[9,9],"faces":[]}',
        b'storycard 1 {"point":[0.1,0.1],"faces":[[1]]}',
        b'storycard 1 {"point":[0.1,0.1],"faces":[],"windows":[[0,0,1]]}',
        b'storycard 1 {"point":[0.1,0.1],"faces":[],"windows":[[0,0,1,7]]}',
        b'storycard 1 {"point":[0.1,0.1],"faces":[],"looks":-9}',
        b'storycard 1 {"point":[0.1,0.1],"faces":[],"looks":"left"}',
        b"storycard 1 []",
        b'storycard 1 {"point":[0.1,0.1],"faces":[' + b",".join([b"[0,0,1,1]"] * 1000) + b"]}",
    ],
)
def test_refuses_a_photo_with_a_forged_comment(forged: bytes) -> None:
    with pytest.raises(PhotoInvalid):
        open_photo(written(quarters(), "JPEG", comment=forged))

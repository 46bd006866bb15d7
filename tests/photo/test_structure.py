"""Tests that files with millions of parts are refused by counting them, before a decoder reads them."""

import pytest
from PIL import Image

from storycard.photo import PhotoInvalid
from storycard_photo import normalise
from storycard_photo.structure import check_structure
from support.photo_files import quarters, whole_files, written
from support.picture_bombs import BOMBS, segment

FILES = whole_files()


@pytest.mark.parametrize("name", BOMBS)
def test_refuses_a_bomb_by_counting(name: str) -> None:
    data = BOMBS[name]()
    if name == "PNG, EXIF as text":  # compressed: counted once it is expanded, before the tags are read
        with pytest.raises(PhotoInvalid, match="overlap"):
            normalise(data)
        return
    with pytest.raises(PhotoInvalid) as refused:
        check_structure(data)
    assert refused.value.field == "photo"


@pytest.mark.parametrize("name", FILES)
def test_accepts_what_programs_write(name: str) -> None:
    check_structure(FILES[name])


def test_accepts_what_cameras_write() -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x927C] = "Maker", b"\0" * 40_000  # with a maker's note
    thumbnail = written(quarters((200, 200)), "JPEG")
    data = written(quarters(), "JPEG", exif=exif, icc_profile=bytes(400_000), comment=b"x" * 60_000, restart_marker_blocks=1)
    check_structure(data[:20] + segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + bytes(60_000)) * 100 + data[20:])
    check_structure(data + b"\0" * 100_000 + thumbnail * 300)  # what phones append: a film, a depth map
    check_structure(written(quarters((400, 7000)), "TIFF", strip_size=400 * 3))

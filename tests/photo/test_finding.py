"""Tests which faces are found in pictures of people, beside the heads that are marked by hand."""

import io

import pytest
from PIL import Image

from storycard.photo.crop import Box
from storycard_photo import finding
from storycard_photo.finding import find_faces
from storycard_photo.subject import Face
from support.objects import objects
from support.people import Person, people
from support.photographs import coast

# A head from behind or in a hat that hides the face, in paintings; a man far off in a hall.
NOT_FOUND = {"morisot-sand", "morisot-wood", "tesla-laboratory"}


def contains_middle(head: Box, face: Box) -> bool:
    x, y = (face.left + face.right) / 2, (face.top + face.bottom) / 2
    return head.left < x < head.right and head.top < y < head.bottom


@pytest.mark.parametrize("person", people(), ids=lambda person: person.name)
def test_finds_every_marked_head_once(person: Person) -> None:
    faces = find_faces(Image.open(io.BytesIO(person.data)).convert("RGB"))
    found = [sum(contains_middle(head, face.box) for face in faces) for head in person.heads]
    assert found == [0 if person.name in NOT_FOUND else 1] * len(person.heads)


def test_finds_none_on_a_coast() -> None:
    assert find_faces(coast()) == ()


def test_finds_none_in_pictures_without_people() -> None:
    """Leaves out the two dogs of "friends", whose faces are found."""
    chosen = ("cat", "dahlia", "dandelion", "hummingbird", "lamp-bird", "raccoon")  # like a face at one size or another
    pictures = {one.name: Image.open(io.BytesIO(one.data)).convert("RGB") for one in objects() if one.name in chosen}
    assert len(pictures) == len(chosen)
    assert [name for name, picture in pictures.items() if find_faces(picture)] == []


@pytest.mark.parametrize(("score", "mirrored", "count"), [(0.9, [], 1), (0.7, [], 0), (0.7, [0.2], 0), (0.7, [0.6], 1)])
def test_doubtful_face_counts_only_if_the_mirrored_picture_shows_it(
    monkeypatch: pytest.MonkeyPatch, score: float, mirrored: list[float], count: int
) -> None:
    face = Face(Box(0.2, 0.2, 0.4, 0.4), score)
    others = [Face(Box(left, 0.2, left + 0.2, 0.4), 0.7) for left in mirrored]
    monkeypatch.setattr(finding, "_find", lambda picture, _scale: others if picture.getpixel((0, 0)) == (9, 9, 9) else [face])
    picture = Image.new("RGB", (600, 400))
    picture.putpixel((599, 0), (9, 9, 9))
    assert len(find_faces(picture)) == count


@pytest.mark.parametrize(("sizes", "count"), [((256,), 0), ((256, 160), 1), ((640,), 1), ((160,), 0)])
def test_large_face_counts_only_if_two_small_copies_show_it(
    monkeypatch: pytest.MonkeyPatch, sizes: tuple[int, ...], count: int
) -> None:
    large = Face(Box(0.2, 0.2, 0.8, 0.9), 0.9)
    monkeypatch.setattr(finding, "_find", lambda picture, scale: [large] if round(scale * 1000) in sizes else [])
    assert len(find_faces(Image.new("RGB", (1000, 800)))) == count


def test_box_does_not_depend_on_the_size_of_the_picture() -> None:
    person = next(person for person in people() if person.name == "obama-desk")
    picture = Image.open(io.BytesIO(person.data)).convert("RGB")
    [one], [other] = find_faces(picture), find_faces(picture.resize((2 * picture.width, 2 * picture.height)))
    for side in ("left", "top", "right", "bottom"):
        assert getattr(one.box, side) == pytest.approx(getattr(other.box, side), abs=0.02)


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [("lima-guard", 0.9, 1), ("wikipedia-speaker", 0.7, 1), ("tesla-bulb", -1, -0.9), ("obama-desk", 0, 0), ("hopper", 0, 0)],
)
def test_says_where_a_face_is_turned(name: str, low: float, high: float) -> None:
    person = next(person for person in people() if person.name == name)
    face = find_faces(Image.open(io.BytesIO(person.data)).convert("RGB"))[0]
    assert low <= face.turned <= high
    assert all(face.box.left < x < face.box.right and face.box.top < y < face.box.bottom for x, y in face.eyes)

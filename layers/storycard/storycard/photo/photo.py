"""Crops and resizes a stored photograph to fill the frames of a set of cards."""

import hashlib
import io
from dataclasses import dataclass, field, replace

from PIL import Image

from storycard.errors import PhotoInvalid
from storycard.photo.chosen import chosen_part, leaves_out, subject_in
from storycard.photo.comment import Flaw, find_comment, read_comment
from storycard.photo.crop import Box, CropTarget, Subject, crop
from storycard.photo.rights import NO_RIGHTS, Rights
from storycard.photo.stored import END_OF_JPEG, MAX_SIDE, START_OF_JPEG

_ENLARGED_MUCH = 1.25  # times


@dataclass(frozen=True, slots=True, eq=False)
class Photo:
    """A photograph to draw on cards: its size in px, the SHA-256 of its bytes in hex, its subject and its rights.

    If an editor chose a part of the picture, `part` is its place in the whole one, whose size in px is `whole`. The size, the
    subject and all crops are then those of the part; `leaves_out` says whether somebody or something is not in it.
    Caches what it decodes and scales, so that a set of cards costs little more than its different frames.
    """

    data: bytes = field(repr=False)
    width: int
    height: int
    sha256: str
    subject: Subject
    rights: Rights = NO_RIGHTS
    half_size: bytes = field(default=b"", repr=False)  # a JPEG of half the width and height, b"" if there is none
    flaw: Flaw = ""  # of the whole picture
    part: Box | None = None
    whole: tuple[int, int] = (0, 0)
    leaves_out: bool = False
    _decoded: dict[int, Image.Image] = field(default_factory=dict, init=False, repr=False)
    _scaled: dict[tuple[Box, int, int], Image.Image] = field(default_factory=dict, init=False, repr=False)

    def crop(self, width: int, height: int, focus: tuple[float, float] = (0.5, 0.5)) -> Box:
        """Returns the part of the photo, in its own px, that `fill` shows."""
        return crop(self.width, self.height, CropTarget(width, height, focus), self.subject)

    def shows_subject(self, width: int, height: int, focus: tuple[float, float]) -> bool:
        """Returns whether `fill` shows what a description of the whole picture may name."""
        part = self.crop(width, height, focus)
        return not (self.leaves_out or leaves_out(self.subject, part, self.width, self.height))

    def fill(self, width: int, height: int, focus: tuple[float, float] = (0.5, 0.5)) -> Image.Image:
        """Returns an RGB picture of exactly `width` x `height` px, with the subject as close as possible to `focus`.

        Other cards may be given the same picture, so nothing may be painted on it.
        `focus` is a point of the frame, 0 to 1 from the top left: (0.5, 0.3) if text covers the lower part.
        """
        part = self.crop(width, height, focus)
        # The cards of a set often share a width and differ in height. Unless the photo is tall, its full height is scaled once
        # for all of them.
        taken = part if 2 * (part.bottom - part.top) < self.height else replace(part, top=0, bottom=self.height)
        rows = height * (taken.bottom - taken.top) / (part.bottom - part.top)
        scaled = self._scale(taken, width, max(height, round(rows)))
        top = min(round((part.top - taken.top) / (taken.bottom - taken.top) * scaled.height), scaled.height - height)
        return scaled if scaled.height == height else scaled.crop((0, top, width, top + height))

    def sample(self, part: tuple[float, float, float, float], width: int, height: int) -> bytes:
        """Returns the mean colours of a part of the photo on a grid: three bytes each, row by row.

        The part is left, top, right and bottom, in the photo's own px.
        """
        source = self._decode(8)
        left, top, right, bottom = part
        box = self._in(source, Box(max(0.0, left), max(0.0, top), min(right, self.width), min(bottom, self.height)))
        return source.resize((width, height), Image.Resampling.BOX, box).tobytes()

    def _scale(self, part: Box, width: int, height: int) -> Image.Image:
        """Returns a part of the photo at `width` x `height` px."""
        key = part, width, height
        if key not in self._scaled:
            source = self._decode(_denominator((part.right - part.left) / width))
            box = self._in(source, part)
            # Hamming is about as sharp as bicubic for shrinking, in two thirds of the time. Strong enlargement makes it blocky.
            enlarged_much = width > _ENLARGED_MUCH * (box[2] - box[0])
            resampling = Image.Resampling.BICUBIC if enlarged_much else Image.Resampling.HAMMING
            self._scaled[key] = source.resize((width, height), resampling, box)
        return self._scaled[key]

    @property
    def place(self) -> tuple[float, float]:
        """The place of the top left corner in the whole picture, in px."""
        return (self.part.left, self.part.top) if self.part else (0, 0)

    @property
    def _whole(self) -> tuple[int, int]:
        return self.whole if self.part else (self.width, self.height)

    def _in(self, source: Image.Image, part: Box) -> tuple[float, float, float, float]:
        """Returns the place of a part of the photo, in its own px, in a picture of the whole at any size."""
        (left, top), (width, height) = self.place, self._whole
        x, y = source.width / width, source.height / height
        right, bottom = (left + part.right) * x, (top + part.bottom) * y
        return (left + part.left) * x, (top + part.top) * y, min(right, source.width), min(bottom, source.height)

    def _decode(self, denominator: int) -> Image.Image:
        """Returns the photo at 1/`denominator` of its size, from the half-size copy or by scaled JPEG decoding (ITU-T T.81).

        Never reuses a larger decoded image: a card's pixels would depend on which cards were drawn before.
        """
        if denominator in self._decoded:
            return self._decoded[denominator]
        data = self.half_size if self.half_size and denominator > 1 else self.data
        image = Image.open(io.BytesIO(data), formats=["JPEG"])
        width, height = self._whole
        image.draft(None, (width // denominator, height // denominator))
        try:
            image.load()
        except OSError as error:
            raise PhotoInvalid("photo", "a whole picture", f"a broken file of {len(data):,} bytes: {error}") from error
        self._decoded[denominator] = image
        return image


def open_photo(
    data: bytes,
    focal_point: tuple[float, float] | None = None,
    chosen: tuple[float, float, float, float] | None = None,
) -> Photo:
    """Opens a photo in its stored form, as `storycard_photo.normalise` writes it.

    `focal_point` is the editor's choice of subject, 0 to 1 from the top left of the upright picture; it overrides the detected
    one. `chosen` is the part that an editor allows: x, y, width, height in shares of the picture.
    Raises PhotoInvalid for any other file, before a decoder reads it.
    """
    comment = read_comment(find_comment(data))
    if comment is None or not data.endswith(END_OF_JPEG):
        raise PhotoInvalid("photo", "a photograph in its stored form", f"{len(data):,} bytes that begin with {data[:8]!r}")
    half_size = data[-comment.half_bytes :] if comment.half_bytes else b""
    image = Image.open(io.BytesIO(data), formats=["JPEG"])
    if image.mode != "RGB" or "progressive" in image.info or max(image.size) > MAX_SIDE:
        raise PhotoInvalid("photo", f"a baseline JPEG in RGB of at most {MAX_SIDE} px", f"{image.mode}, {image.size}")
    photo = Photo(
        data,
        image.width,
        image.height,
        hashlib.sha256(data).hexdigest(),
        comment.subject if focal_point is None else replace(comment.subject, point=focal_point, source="editor"),
        comment.rights,
        half_size if half_size.startswith(START_OF_JPEG) else b"",
        comment.flaw,
    )
    return _within(photo, chosen_part(image.width, image.height, chosen)) if chosen else photo


def _within(photo: Photo, part: Box) -> Photo:
    subject, whole = photo.subject, (photo.width, photo.height)
    return replace(
        photo,
        width=round(part.right - part.left),
        height=round(part.bottom - part.top),
        subject=subject_in(subject, part, *whole),
        part=part,
        whole=whole,
        leaves_out=leaves_out(subject, part, *whole),
    )


def _denominator(reduction: float) -> int:
    return next((denominator for denominator in (8, 4, 2) if denominator <= reduction), 1)

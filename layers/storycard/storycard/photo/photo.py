"""From a stored photograph to the pictures that fill the frames of a set of cards."""

import hashlib
import io
from dataclasses import dataclass, field, replace

from PIL import Image

from storycard.encoding.halves import both
from storycard.photo.crop import Box, Frame, Subject, crop
from storycard.photo.normalising import normalise
from storycard.photo.opening import MAX_SIDE, decoding, open_image
from storycard.photo.rights import NO_RIGHTS, Rights, rights_in
from storycard.photo.subject import from_comment, half_size

_ENLARGED_MUCH = 1.25


@dataclass(frozen=True, slots=True, eq=False)
class Photo:
    """A photograph to draw on cards: its size in px, the SHA-256 of its bytes in hex, what it shows and whose it is.

    It keeps what it has decoded and scaled, so that a set of cards costs little more than its different frames.
    """

    data: bytes = field(repr=False)
    width: int
    height: int
    sha256: str
    subject: Subject
    rights: Rights = NO_RIGHTS
    half: bytes = field(default=b"", repr=False)  # a JPEG of half the size, b"" for none
    _decoded: dict[int, Image.Image] = field(default_factory=dict, init=False, repr=False)
    _parts: dict[tuple[Box, int, int], Image.Image] = field(default_factory=dict, init=False, repr=False)

    def crop(self, width: int, height: int, focus: tuple[float, float] = (0.5, 0.5)) -> Box:
        """The part of the photo, in its own px, that `filled` shows."""
        return crop(self.width, self.height, Frame(width, height, focus), self.subject)

    def filled(self, width: int, height: int, focus: tuple[float, float] = (0.5, 0.5)) -> Image.Image:
        """An RGB picture of exactly `width` x `height` px with the subject as near as can be to `focus`, a share of the frame.

        It is the caller's to draw on.
        `focus` is (0.5, 0.3) for a frame whose lower part lies under type.
        """
        part = self.crop(width, height, focus)
        # Cards of a width mostly differ in height: all of the photo above and below is scaled once for them, unless it is tall.
        taken = part if 2 * (part.bottom - part.top) < self.height else replace(part, top=0, bottom=self.height)
        rows = height * (taken.bottom - taken.top) / (part.bottom - part.top)
        scaled = self._scaled(taken, width, max(height, round(rows)))
        top = min(round((part.top - taken.top) / (taken.bottom - taken.top) * scaled.height), scaled.height - height)
        return scaled.crop((0, top, width, top + height))

    def _scaled(self, part: Box, width: int, height: int) -> Image.Image:
        """A part of the photo at a size in px."""
        key = part, width, height
        if key not in self._parts:
            source = self._at(_denominator((part.right - part.left) / width))
            x, y = source.width / self.width, source.height / self.height
            box = (part.left * x, part.top * y, min(part.right * x, source.width), min(part.bottom * y, source.height))
            # Hamming's filter shrinks about as sharply as bicubic in two thirds of the time; much enlarged, it shows squares.
            enlarged_much = width > _ENLARGED_MUCH * (box[2] - box[0])
            resampling = Image.Resampling.BICUBIC if enlarged_much else Image.Resampling.HAMMING
            self._parts[key] = _resized(source, (width, height), resampling, box)
        return self._parts[key]

    def _at(self, denominator: int) -> Image.Image:
        """The photo at a half, a quarter or an eighth of its size, as stored or as JPEG decodes it (ITU-T T.81), or at all of it.

        A larger one that is there already will not do: a card's pixels would depend on which others were drawn before it.
        """
        if denominator in self._decoded:
            return self._decoded[denominator]
        data = self.half if self.half and denominator > 1 else self.data
        with decoding(data):
            image = Image.open(io.BytesIO(data), formats=["JPEG"])
            image.draft(None, (self.width // denominator, self.height // denominator))
            image.load()
        self._decoded[denominator] = image
        return image


def _resized(
    source: Image.Image, size: tuple[int, int], resampling: Image.Resampling, box: tuple[float, float, float, float]
) -> Image.Image:
    """The part of a picture in `box` at `size` px, its halves scaled at the same time: Pillow needs no lock for that."""
    (width, height), (left, top, right, bottom) = size, box
    if height < 2:
        return source.resize(size, resampling, box)
    middle = height // 2
    cut = top + (bottom - top) * middle / height
    halves = both(
        lambda: source.resize((width, middle), resampling, (left, top, right, cut)),
        lambda: source.resize((width, height - middle), resampling, (left, cut, right, bottom)),
    )
    scaled = Image.new("RGB", size, None)  # every pixel comes from a half
    scaled.paste(halves[0], (0, 0))
    scaled.paste(halves[1], (0, middle))
    return scaled


def open_photo(data: bytes, focal_point: tuple[float, float] | None = None) -> Photo:
    """The photo in bytes that `normalise` wrote, or in any image file, which is normalised first.

    `focal_point` (x, y from the top left of the upright picture, 0 to 1) is the editor's word on what matters in it, and
    goes before what was found. Raises PhotoInvalid for no usable photo.
    """
    photo = _stored(data) or _stored(normalise(data).data)
    return photo if focal_point is None else replace(photo, subject=Subject(focal_point, photo.subject.faces, "editor"))


def _stored(data: bytes) -> Photo | None:
    """The photo that `normalise` wrote; None if these bytes are anything else."""
    with decoding(data):
        image = open_image(data)
        plain = image.format == "JPEG" and image.mode == "RGB" and not {"exif", "icc_profile", "progressive"} & set(image.info)
        subject = from_comment(image.info.get("comment", b""))
        if subject and plain and max(image.size) <= MAX_SIDE and data.endswith(b"\xff\xd9"):
            sha256, half = hashlib.sha256(data).hexdigest(), half_size(data, image.info["comment"])
            return Photo(data, image.width, image.height, sha256, subject, rights_in(data), half)
    return None


def _denominator(reduction: float) -> int:
    return next((denominator for denominator in (8, 4, 2) if denominator <= reduction), 1)

"""Finds the point of a picture that draws the eye, for pictures without marked faces."""

from PIL import Image, ImageChops, ImageFilter, ImageStat

_SIDE = 96  # px of the longer side of the analysed copy: composition shows at a small size
_MIN_CONTRAST = 10  # of 255; a smaller difference is not visible as a subject
_PEAK = 0.75  # share of the maximum; points above it belong to the subject
_CR_OF_SKIN, _CB_OF_SKIN = range(136, 174), range(77, 124)  # all complexions: they differ far more in lightness than in hue


def find_salient_point(picture: Image.Image) -> tuple[float, float] | None:
    """Returns the likely position of the subject in an RGB picture, 0 to 1 from the top left; None if no point is salient.

    Scores each pixel by its difference from the mean colour (after Achanta et al., "Frequency-tuned salient region detection",
    CVPR 2009), its detail, its similarity to skin and its distance from the middle.
    """
    scale = _SIDE / max(picture.size)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    ycbcr = picture.resize(size, Image.Resampling.BOX, reducing_gap=2).convert("YCbCr")
    small = Image.merge("RGB", ycbcr.split())  # Pillow cannot blur YCbCr
    soft = small.filter(ImageFilter.GaussianBlur(1.5))
    whole = Image.new("RGB", size, tuple(round(mean) for mean in ImageStat.Stat(small).mean))
    distinct = _sum(*ImageChops.difference(soft, whole).split())
    detail = _sum(*ImageChops.difference(small, small.filter(ImageFilter.GaussianBlur(4))).split())
    if max(_maximum(distinct), _maximum(detail)) < _MIN_CONTRAST:
        return None
    # A clear sky can have a distinct colour but shows nothing, so distinctness counts only where there is detail.
    busy = detail.filter(ImageFilter.GaussianBlur(3)).point(lambda value: min(255, value * 4))
    interest = _sum(ImageChops.multiply(_sum(distinct, _skin(soft).point(lambda value: value // 4)), busy), detail)
    middle = ImageChops.invert(Image.radial_gradient("L").resize(size)).point(lambda value: 90 + value * 165 // 255)
    return _centre_of_peak(ImageChops.multiply(interest, middle).filter(ImageFilter.GaussianBlur(_SIDE / 16)))


def _sum(first: Image.Image, *others: Image.Image) -> Image.Image:
    for other in others:
        first = ImageChops.add(first, other)
    return first


def _maximum(image: Image.Image) -> int:
    return ImageStat.Stat(image).extrema[0][1]


def _skin(ycbcr: Image.Image) -> Image.Image:
    _, cb, cr = ycbcr.split()
    return ImageChops.multiply(
        cb.point([255 * (value in _CB_OF_SKIN) for value in range(256)]),
        cr.point([255 * (value in _CR_OF_SKIN) for value in range(256)]),
    )


def _centre_of_peak(interest: Image.Image) -> tuple[float, float] | None:
    width, height = interest.size
    floor = _maximum(interest) * _PEAK
    weights = [(max(0.0, value - floor), index) for index, value in enumerate(interest.tobytes())]
    total = sum(weight for weight, _ in weights)
    if not total:
        return None
    x = sum(weight * (index % width + 0.5) for weight, index in weights) / total / width
    y = sum(weight * (index // width + 0.5) for weight, index in weights) / total / height
    return x, y

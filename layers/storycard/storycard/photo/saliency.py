"""From a picture nobody marked to the point its content draws the eye to."""

from PIL import Image, ImageChops, ImageFilter, ImageStat

_SIDE = 96  # px of the picture looked at; the eye, too, judges composition from afar
_PLAIN = 10  # of 255; below this difference nothing stands out
_PEAK = 0.75  # of the strongest place: what reaches it belongs to the subject
_CR_OF_SKIN, _CB_OF_SKIN = range(136, 174), range(77, 124)  # of all complexions, which differ in lightness far more than in hue


def eye_catcher(picture: Image.Image) -> tuple[float, float] | None:
    """Where the subject most likely is, in shares of the RGB picture from the top left; None if no place stands out.

    What differs from the picture as a whole stands out (after Achanta et al., "Frequency-tuned salient region detection",
    CVPR 2009), and so do detail, skin and the middle.
    """
    scale = _SIDE / max(picture.size)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    # The picture is scaled by way of a rough one: only what is seen from afar counts.
    seen = picture.resize(size, Image.Resampling.BOX, reducing_gap=2).convert("YCbCr")
    small = Image.merge("RGB", seen.split())  # Pillow blurs no YCbCr
    soft = small.filter(ImageFilter.GaussianBlur(1.5))
    whole = Image.new("RGB", size, tuple(round(mean) for mean in ImageStat.Stat(small).mean))
    rare = _sum(*ImageChops.difference(soft, whole).split())
    detail = _sum(*ImageChops.difference(small, small.filter(ImageFilter.GaussianBlur(4))).split())
    if max(rare.getextrema()[1], detail.getextrema()[1]) < _PLAIN:
        return None
    # A clear sky is rare in colour and large, and shows nothing: rarity counts only where there is something to see.
    busy = detail.filter(ImageFilter.GaussianBlur(3)).point(lambda value: min(255, value * 4))
    interest = _sum(ImageChops.multiply(_sum(rare, _skin(soft).point(lambda value: value // 4)), busy), detail)
    middle = ImageChops.invert(Image.radial_gradient("L").resize(size)).point(lambda value: 90 + value * 165 // 255)
    return _centre_of_peak(ImageChops.multiply(interest, middle).filter(ImageFilter.GaussianBlur(_SIDE / 16)))


def _sum(first: Image.Image, *others: Image.Image) -> Image.Image:
    for other in others:
        first = ImageChops.add(first, other)
    return first


def _skin(ycbcr: Image.Image) -> Image.Image:
    _, cb, cr = ycbcr.split()
    return ImageChops.multiply(
        cb.point([255 * (value in _CB_OF_SKIN) for value in range(256)]),
        cr.point([255 * (value in _CR_OF_SKIN) for value in range(256)]),
    )


def _centre_of_peak(interest: Image.Image) -> tuple[float, float] | None:
    width, height = interest.size
    floor = interest.getextrema()[1] * _PEAK
    weights = [(max(0.0, value - floor), index) for index, value in enumerate(interest.tobytes())]
    total = sum(weight for weight, _ in weights)
    if not total:
        return None
    x = sum(weight * (index % width + 0.5) for weight, index in weights) / total / width
    y = sum(weight * (index // width + 0.5) for weight, index in weights) / total / height
    return x, y

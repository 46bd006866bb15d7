"""From any image file a CMS holds to pixels of a card: `normalise` once when it comes in, `open_photo` to draw it."""

from storycard.errors import PhotoInvalid
from storycard.photo.crop import Box
from storycard.photo.normalising import NormalisedPhoto, normalise
from storycard.photo.photo import Photo, open_photo

__all__ = ["Box", "NormalisedPhoto", "Photo", "PhotoInvalid", "normalise", "open_photo"]

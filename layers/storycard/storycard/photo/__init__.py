"""From any image file a CMS holds to pixels of a card: `normalise` once when it comes in."""

from storycard.errors import PhotoInvalid
from storycard.photo.normalising import NormalisedPhoto, normalise

__all__ = ["NormalisedPhoto", "PhotoInvalid", "normalise"]

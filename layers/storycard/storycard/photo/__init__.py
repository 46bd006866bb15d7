"""Decodes any image file, stores it in one form (`normalise`), and resizes it to fill a card (`open_photo`)."""

from storycard.errors import PhotoInvalid
from storycard.photo.crop import Box
from storycard.photo.normalising import NormalisedPhoto, normalise
from storycard.photo.photo import Photo, open_photo

__all__ = ["Box", "NormalisedPhoto", "Photo", "PhotoInvalid", "normalise", "open_photo"]

"""Crops a stored photograph for a card. The package `storycard_photo` makes that form from any image file."""

from storycard.errors import PhotoInvalid
from storycard.photo.crop import Box
from storycard.photo.photo import Photo, open_photo

__all__ = ["Box", "Photo", "PhotoInvalid", "open_photo"]

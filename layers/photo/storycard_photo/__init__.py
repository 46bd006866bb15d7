"""Prepares photographs of unknown origin: checks, decodes, finds what is in them, and writes the one form that cards use."""

from storycard_photo.facts import list_facts
from storycard_photo.normalising import NormalisedPhoto, normalise

__all__ = ["NormalisedPhoto", "list_facts", "normalise"]

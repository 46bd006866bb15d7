"""Finds the leading figure of a key fact."""

from storycard.editing.figures.finding import Figure, find_figure

__all__ = ["Figure", "find_figure"]

"""Storycard turns a newsroom's article into share cards: typeset images in every platform's size."""

# Part of every card's identity: raise it whenever the same input gives other pixels.
RENDERER = "1.5.0"

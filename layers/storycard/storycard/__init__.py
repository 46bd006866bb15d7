"""Renders a newsroom's articles as share cards: typeset images in every platform's size."""

# Part of every card's identity. Raise it whenever the same input gives other pixels or other bytes: a stored card is never
# overwritten, and its manifest holds the SHA-256 of its bytes.
RENDERER = "2.4.0"

"""Chooses the words of a card: which bullet, which quote, and their typographic marks."""

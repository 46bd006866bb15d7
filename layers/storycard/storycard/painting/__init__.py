"""Paints a Scene as a PIL image."""

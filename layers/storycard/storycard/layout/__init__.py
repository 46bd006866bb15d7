"""Lays an article out as a Scene of placed boxes."""

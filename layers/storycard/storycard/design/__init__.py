"""Reads the data that cards are designed by: formats, themes and brands."""

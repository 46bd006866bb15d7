"""Reads what cards are made with, as data: formats, themes and brands."""

"""Reads the text of an article out of HTML, well-formed or not."""

"""Converts Markdown and the JSON of block editors to the HTML from which articles are read."""

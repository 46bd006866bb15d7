"""Reads articles out of HTML, well-formed or not: the visible text, the metadata and the JSON-LD."""

"""Converts what editors' tools store, Markdown and the JSON of block editors, to the HTML that the readers of articles read."""

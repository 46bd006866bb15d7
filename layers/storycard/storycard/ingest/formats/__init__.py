"""Reads articles, with one module for each source format. `storycard.ingest.FORMATS` lists them."""

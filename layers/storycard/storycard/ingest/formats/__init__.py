"""Readers, one module for each source format. `storycard.ingest.FORMATS` lists them."""

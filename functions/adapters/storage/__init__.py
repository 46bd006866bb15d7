"""Reads and writes S3 objects: articles, cards, inbox, leases and failures."""

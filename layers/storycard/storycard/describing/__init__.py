"""Describes a card in words: alternative text, metadata and XMP; names notices by codes."""

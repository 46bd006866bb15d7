"""Detects the language of an article, and defines the conventions by which each language is typeset and described."""

"""Prepares photographs of unknown origin: checks, decodes, finds what is in them, and writes the one form that cards use."""

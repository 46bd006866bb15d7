"""Reads parts of source formats for the readers beside this folder."""

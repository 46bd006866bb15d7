"""Reads fonts.toml and chooses fonts from it, and reads the metrics and ink bounds of one font."""

"""Fonts: metrics and ink bounds of one font, the library of all fonts, and fonts.toml."""

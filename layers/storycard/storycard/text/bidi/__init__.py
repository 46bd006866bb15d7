"""Implements the Unicode Bidirectional Algorithm (UAX #9): embedding levels, and the visual order of a line."""

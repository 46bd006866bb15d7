"""Breaks text into lines: finds where lines may end (UAX #14), phrases and hyphens, and chooses the breaks for even lines."""

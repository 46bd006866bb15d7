"""Places what stands with the letters of a text: bars behind its lines, and an initial."""

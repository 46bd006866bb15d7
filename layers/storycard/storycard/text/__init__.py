"""Lines of text from code points to placed glyphs: scripts, direction, fonts, shaping, breaking, fitting."""

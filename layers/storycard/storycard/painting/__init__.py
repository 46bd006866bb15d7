"""Paints scenes as RGB or indexed images."""

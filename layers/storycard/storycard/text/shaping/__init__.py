"""Shaping: runs of one script and font, and the glyphs that HarfBuzz gives them."""

"""Splits text into runs of one script and font, and shapes each run with HarfBuzz."""

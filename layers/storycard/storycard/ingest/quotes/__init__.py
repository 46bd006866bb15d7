"""Finds quotes and the people who said them."""

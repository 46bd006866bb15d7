"""Helpers that tests, sheets and benchmarks share."""

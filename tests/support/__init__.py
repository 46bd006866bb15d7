"""Provides helpers that tests, sheets and benchmarks share."""

"""Implements the use cases: publish, preview, reconcile, embargo, take down, announce and look up articles."""

"""Implements the use cases; `reconcile` calls most of those in this folder."""

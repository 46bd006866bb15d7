"""Turns HTTP requests and errors into responses."""

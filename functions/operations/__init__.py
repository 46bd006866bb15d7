"""Implements operators' commands, for a stack on AWS or the local system. This package is not deployed."""

"""Implements the commands of the `storycard` program."""

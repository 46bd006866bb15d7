"""Reads requests from Slack, and builds messages for Slack and Microsoft Teams."""

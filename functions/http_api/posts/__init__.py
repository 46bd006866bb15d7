"""Serves the social team's saved posts: their changes, comments, approval and link preview."""

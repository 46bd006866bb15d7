"""Answers questions about stored articles: for the Studio's list and search, and for chats."""

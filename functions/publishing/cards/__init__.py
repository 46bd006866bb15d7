"""Renders the cards of an article, signs them and stores them."""

"""Finds the questions and answers of an article, and tells explainers from interviews."""

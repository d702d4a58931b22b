"""Merge two Word files into one with tracked changes."""

__all__ = ["comments", "their_words", "writer"]

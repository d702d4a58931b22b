"""Two Word files made into one with tracked changes."""

__all__ = ["writer"]

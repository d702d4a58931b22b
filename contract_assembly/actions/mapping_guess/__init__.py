"""A mapping for an export that has none, guessed from its heads and its first rows, for a person to check."""

__all__ = ["guessing"]

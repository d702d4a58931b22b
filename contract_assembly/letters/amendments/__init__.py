"""Amendments: what lies between two states of a contract, in numbers, as changes, and in words."""

__all__ = ["changes", "instructions", "states"]

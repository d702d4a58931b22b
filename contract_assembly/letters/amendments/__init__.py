"""Amendments: the difference between two states of a contract, as numbering, changes and words."""

__all__ = ["changes", "fee", "instructions", "states"]

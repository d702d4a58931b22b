"""Amendments: what lies between two states of a contract, in numbers, as changes, and in words."""

"""Clients and their contracts on other paper, taken over from a table: its rows, its names, and the files that follow."""

__all__ = ["importing"]

"""Compare two documents: pair their units and find what was added, removed, moved or reworded."""

__all__ = ["align", "difference", "figures", "marking", "splits", "trees", "words"]

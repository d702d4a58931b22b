"""Two documents compared: which units belong together, and what was added, removed, moved or reworded."""

__all__ = ["align", "difference", "figures", "marking", "splits", "trees", "words"]

"""Carry out renewals: one agreement, many side by side, and the report."""

__all__ = ["batch", "report"]

"""Dated duties: of one agreement, of a block, of the firm; as text, JSON and calendar entries."""

__all__ = ["calendar_file", "duty", "report", "upcoming"]

"""What changed between two states, as text, data, and an HTML page."""

__all__ = ["page", "text"]

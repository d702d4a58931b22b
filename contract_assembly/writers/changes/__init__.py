"""What changed between two states, as text, JSON data, and an HTML page."""

__all__ = ["page", "text"]

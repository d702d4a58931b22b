"""A contract that comes back: what the other side changed, what we decide about it, and our answer."""

__all__ = ["report", "rounds"]

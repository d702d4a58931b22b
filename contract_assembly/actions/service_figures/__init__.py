"""Exports of ticket systems turned into the service figures of an agreement."""

__all__ = ["importing", "record_rows"]

"""Rules over a finished document, and checks between the files of facts."""

__all__ = ["document", "facts", "service_record"]

"""Rules: of a finished document, of the files of facts, and of what was delivered."""

__all__ = ["document", "facts", "service_months", "service_record"]

"""PDF, laid out by WeasyPrint: PDF/A-3a and PDF/UA-1, attachments, places to sign."""

__all__ = ["marked_changes"]

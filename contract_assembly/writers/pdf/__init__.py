"""PDF/A-3a and PDF/UA-1 files, laid out by WeasyPrint or typst, with attachments and signature fields."""

__all__ = ["marked_changes", "signatures"]

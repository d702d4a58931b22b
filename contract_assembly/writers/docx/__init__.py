"""Word files, written by python-docx and as WordprocessingML."""

__all__ = ["attachments", "redline"]

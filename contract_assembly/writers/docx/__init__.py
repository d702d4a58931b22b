"""Word files: the package is written with python-docx, its body as WordprocessingML."""

__all__ = ["attachments", "redline", "runs", "writer"]

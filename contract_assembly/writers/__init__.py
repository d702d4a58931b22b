"""A document as bytes: review text, HTML, PDF, DOCX, redlines, and pages of changes."""

__all__ = ["changes", "charts", "docx", "formats", "html", "markdown", "pdf", "plain_text", "returned", "textconv"]

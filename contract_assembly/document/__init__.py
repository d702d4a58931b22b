"""The document tree, and pure functions that number it, resolve its references and find its defined terms."""

__all__ = [
    "defined_terms",
    "draft_marks",
    "engines",
    "inlines",
    "lines",
    "list_marks",
    "numbering",
    "placeholders",
    "references",
    "style",
    "tree",
    "writer_extras",
]

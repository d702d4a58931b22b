"""The document tree, and the pure functions that number it, bind its references and resolve its defined terms."""

__all__ = [
    "defined_terms",
    "draft_marks",
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

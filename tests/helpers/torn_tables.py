"""Texts that a truncated download, a spreadsheet or manual editing could leave in a CSV file, for Hypothesis."""

from hypothesis import strategies as st

PIECES = (
    '"', '""', ",", "\t", ";", "\n", "\r", "\r\n", "\0", "\ufeff", " ", "\n\n", "x" * 200_000, "9" * 5_000, "none", "310.3",
    "2026-01", "2026-01-31", "9999-12", "0000-01", "0000", "2025", "M08", "M13", "2025 AUG", "0000 AUG", ":", "-",
)  # fmt: skip


def torn(*heads: str) -> st.SearchStrategy[str]:
    """One of these beginnings, and anything after it."""
    return st.builds(
        "".join, st.tuples(st.sampled_from(heads), st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
    )

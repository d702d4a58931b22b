"""From facts and clauses to files that land, and back: build, check, verify, compare, find what a change reaches."""

__all__ = [
    "audit",
    "builder",
    "deviations",
    "difference_formats",
    "embedded_files",
    "freshness",
    "impact",
    "impact_report",
    "pipeline",
    "revisions",
    "signed_files",
    "verify",
    "word_differences",
]

"""Turn facts and clauses into files, and check them afterwards: build, check, verify, compare, and show the impact of a
change."""

__all__ = [
    "assessment",
    "audit",
    "builder",
    "dependent_drafts",
    "deviations",
    "difference_formats",
    "embedded_files",
    "impact",
    "impact_report",
    "one_agreement",
    "pipeline",
    "revisions",
    "signed_files",
    "verify",
    "word_differences",
]

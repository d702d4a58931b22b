"""From clauses and outlines to one unnumbered tree: choose a variant, fill it with facts, parse its Markdown."""

__all__ = [
    "approval",
    "assemble",
    "choice",
    "clause",
    "clause_duty",
    "fill",
    "law_rules",
    "own_places",
    "parameter",
    "playbook",
    "rungs",
]

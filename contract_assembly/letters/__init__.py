"""Documents other than the contract: letters, notices, statements, proposals, reviews, amendments."""

__all__ = [
    "amendment",
    "amendments",
    "bare_contract",
    "choices_view",
    "e_invoices",
    "hours_view",
    "kind",
    "kinds",
    "mail",
    "other_paper",
    "proposal",
    "statement",
]

"""Money through time: what is in force on each day, what is charged for it, what was invoiced, and what recurs."""

__all__ = [
    "change_report",
    "count_comparison",
    "count_loader",
    "count_proposal",
    "count_report",
    "e_invoice",
    "effect",
    "invoice_files",
    "invoice_report",
    "invoices",
    "loader",
    "new_change",
    "revenue",
    "revenue_report",
    "running",
    "signed_facts",
    "states",
]

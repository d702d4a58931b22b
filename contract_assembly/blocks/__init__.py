"""Prepaid time blocks: the ledger of hours, balances, forecasts, statements."""

__all__ = [
    "account_notes",
    "balance",
    "block_state",
    "book",
    "counting",
    "forecast",
    "ledger",
    "ledger_integrity",
    "loader",
    "new_entries",
    "notices",
    "outside_work",
    "pinned_book",
    "plan_comparison",
    "reports",
    "settlement",
    "statement",
    "timesheet",
    "work",
]

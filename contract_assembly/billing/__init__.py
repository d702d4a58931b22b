"""Money through time: what is in force on each day, what is charged for it, what was invoiced, and what recurs."""

__all__ = ["invoice_report", "invoices"]

"""Renewals and everything with a deadline: terms, notices, blockers, next prices, and upcoming duties."""

__all__ = [
    "context",
    "duties",
    "ending",
    "increase",
    "index_steps",
    "next_prices",
    "next_scope",
    "next_term",
    "notice_delivery",
    "notice_windows",
    "plan",
    "portfolio",
    "term",
]

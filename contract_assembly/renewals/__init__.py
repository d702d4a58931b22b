"""Renewals and everything with a date: terms, notices, blockers, next prices, and what comes up."""

__all__ = [
    "context",
    "duties",
    "ending",
    "next_prices",
    "next_term",
    "notice_delivery",
    "notice_windows",
    "plan",
    "portfolio",
    "term",
]

"""The repository in a browser: pages of the portfolio and of each agreement, served on this machine or written as files."""

__all__ = ["server", "site", "snapshot"]

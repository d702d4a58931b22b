"""Requests for signature at e-sign services: what is sent, what came of it, and the signed file. Only `connection` opens one."""

__all__ = ["answer", "connection", "request", "services"]

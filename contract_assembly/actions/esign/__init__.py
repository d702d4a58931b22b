"""Requests for signature at e-sign services: what is sent, its status, and the signed file. Only `connection` opens one."""

__all__ = ["answer", "connection", "request", "services"]

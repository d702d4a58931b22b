"""Contract Assembly: facts and clauses in, a contract in DOCX, PDF and review text out."""

__version__ = "0.1.0"

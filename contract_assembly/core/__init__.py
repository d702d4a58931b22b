"""Values, problems and small tools for all other packages: money, periods, places in files, CSV."""

__all__ = [
    "csv_tables",
    "explained_date",
    "garbage",
    "lazy",
    "once",
    "origin",
    "parallel",
    "paths",
    "problems",
    "program_files",
    "report",
    "sentinels",
    "source_digest",
    "text",
    "values",
]

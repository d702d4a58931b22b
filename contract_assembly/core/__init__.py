"""Values, problems and small tools that every other package uses: money, periods, places in files, tables of CSV."""

__all__ = [
    "csv_tables",
    "explained_date",
    "lazy",
    "origin",
    "parallel",
    "paths",
    "problems",
    "report",
    "sentinels",
    "source_digest",
    "text",
    "values",
]

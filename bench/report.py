"""Measurements as text and as data. Pure."""

from collections.abc import Iterable
from typing import Any

from bench.clock import Group, Row


def as_text(group: Group) -> str:
    """A table, with an empty line at its end."""
    head = f"{group.title:54} {'CPU':>12} {'wall':>12} {'ratio':>8}"
    return "\n".join([head, *map(_line, group.rows), ""])


def _line(row: Row) -> str:
    target = "" if row.target is None else f"   target {row.target:g}: {'met' if row.met else 'MISSED'}"
    return f"  {row.what:52} {1000 * row.seconds:9.1f} ms {1000 * row.wall:9.1f} ms {row.ratio:8.3f}{target}"


def as_data(groups: Iterable[Group]) -> list[dict[str, Any]]:
    return [{"title": group.title, "base": group.base, "rows": list(map(_row, group.rows))} for group in groups]


def _row(row: Row) -> dict[str, Any]:
    data = {
        "what": row.what,
        "seconds": round(row.seconds, 6),
        "wall": round(row.wall, 6),
        "ratio": round(row.ratio, 4),
    }
    return data if row.target is None else {**data, "target": row.target, "met": row.met}

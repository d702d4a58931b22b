"""Figures as rows of `service.yaml`, each in its place; rows written by hand stay. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from contract_assembly.actions.service_figures.logged_months import MonthOfTickets
from contract_assembly.actions.service_figures.ticket_figures import TARGETS, Measured, Rating, Target
from contract_assembly.core.values import DateRange
from contract_assembly.repository.yaml_editor import Tree, plain, put, put_rows, update


class Figures(Struct, frozen=True):
    """The figures of an export for some days: by priority and for all, and the ratings."""

    days: DateRange
    measured: tuple[Measured, ...]
    rating: Rating | None


def brought_in(
    text: str, so_far: Figures, by_quarter: Mapping[int, Figures], source: str, months: Iterable[MonthOfTickets] = ()
) -> tuple[str, tuple[str, ...]]:
    """The text of service.yaml with these figures, and a line for each changed figure; without changes, the same
    text."""
    about = {"period": _period(so_far.days), "source": source}
    lines: list[str] = []

    def change(tree: Tree) -> None:
        before = plain(tree)
        put_rows(tree, "tickets", _tickets(so_far, about), ("priority",), stale=_always, keep=_compared)
        put_rows(tree, "targets", _targets(so_far, about), ("target", "priority"), stale=_always, keep=_compared)
        put_rows(tree, "medians", _medians(so_far, about), ("target", "priority"), stale=_always, keep=_compared)
        if so_far.rating:
            put(tree, "satisfaction", {**_rating(so_far.rating), **about})
        for number, figures in by_quarter.items():
            _put_quarter(tree, number, figures, source)
        put_rows(tree, "months", [_month(each, source) for each in months], ("first",), stale=_never, keep=_never)
        lines.extend(_changes(before, plain(tree), ""))

    after = update(text, change)
    return (after, tuple(lines)) if lines else (text, ())


def _put_quarter(tree: Tree, number: int, figures: Figures, source: str) -> None:
    head = {"number": number, "period": _period(figures.days), "source": source}
    rating = {"satisfaction": _rating(figures.rating)} if figures.rating else {}
    rows = [_handled(each) for each in figures.measured]
    old = next((each for each in tree.get("quarters", ()) if str(each["number"]) == str(number)), None)
    if old is None:
        new = [{**head, "tickets": rows, **rating}]
        put_rows(tree, "quarters", new, ("number",), stale=_never, keep=_compared)
        return
    for name, value in {**head, **rating}.items():
        put(old, name, value)
    put_rows(old, "tickets", rows, ("priority",), stale=_always, keep=_never)


def _tickets(found: Figures, about: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [{"priority": each.priority, "count": each.closed, **about} for each in found.measured]


def _targets(found: Figures, about: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "target": target,
            "priority": each.priority,
            "numerator": each.met[target],
            "denominator": each.of[target],
            **about,
        }
        for target, each in _by_target(found)
        if each.of[target]
    ]


def _medians(found: Figures, about: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "target": target,
            "priority": each.priority,
            "minutes": each.median[target],
            "count": each.timed[target],
            **about,
        }
        for target, each in _by_target(found)
        if each.timed[target]
    ]


def _by_target(found: Figures) -> Iterator[tuple[Target, Measured]]:
    return ((target, each) for target in TARGETS for each in found.measured)


def _handled(each: Measured) -> dict[str, Any]:
    row: dict[str, Any] = {"priority": each.priority, "closed": each.closed}
    for target in TARGETS:
        if each.of[target]:
            row |= {f"{target}_met": each.met[target], f"{target}_of": each.of[target]}
    return row | {f"median_{target}": each.median[target] for target in TARGETS if each.timed[target]}


def _month(found: MonthOfTickets, source: str) -> dict[str, Any]:
    over = {"over_workload": found.over} if found.over else {}
    return {**_period(found.days), "source": source, **over, "tickets": [_logged(each) for each in found.measured]}


def _logged(each: Measured) -> dict[str, Any]:
    row: dict[str, Any] = {"priority": each.priority, "logged": each.closed}
    for target in TARGETS:
        if each.of[target]:
            row |= {f"{target}_met": each.met[target], f"{target}_of": each.of[target]}
    return row


def _rating(found: Rating) -> dict[str, Any]:
    return {"mean": found.mean, "answers": found.answers, "asked": found.asked}


def _period(days: DateRange) -> dict[str, Any]:
    return {"first": days.first, "last": days.last}


def _always(_row: object) -> bool:
    return True


def _never(_row: object) -> bool:
    return False


def _compared(name: str) -> bool:
    """Comparisons with the year before are written by hand."""
    return name.startswith("before")


def _changes(before: Any, after: Any, path: str) -> Iterator[str]:
    """Each changed figure: its path, old value and new value."""
    if isinstance(before, dict) and isinstance(after, dict):
        for name in dict.fromkeys((*before, *after)):
            yield from _changes(before.get(name), after.get(name), f"{path}.{name}" if path else name)
    elif isinstance(before, list) or isinstance(after, list):
        old, new = _named(before or []), _named(after or [])
        for name in dict.fromkeys((*old, *new)):
            yield from _changes(old.get(name), new.get(name), f"{path}[{name}]")
    elif before != after:
        yield f"{path}: {_shown(before)} → {_shown(after)}"


def _named(rows: list[Any]) -> dict[str, Any]:
    """Rows by the values that identify them."""
    return {
        " ".join(
            str(row[key]) for key in ("number", "target", "priority", "name", "id", "on", "first") if key in row
        ): row
        for row in rows
        if isinstance(row, dict)
    }


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return (
            "{"
            + ", ".join(f"{name}: {_shown(each)}" for name, each in value.items() if name not in {"period", "source"})
            + "}"
        )
    if isinstance(value, list):
        return f"{len(value)} rows"
    return "none" if value is None else str(value)

"""What changed between two states of an agreement, as text for a terminal and as data for JSON. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from contract_assembly.compare.difference import Difference
from contract_assembly.compare.figures import FactChange
from contract_assembly.compare.trees import LineChange, PartChange, title
from contract_assembly.compare.words import Run

_AROUND = 60  # characters of unchanged text shown before and after a change


def text(difference: Difference) -> str:
    """The difference in the format of git's word diff: [-removed-]{+added+}, with "…" for omitted unchanged text."""
    head = f"{difference.folder}: {difference.old} to {difference.new}"
    if difference.none:
        return f"{head}: nothing changed"
    return "\n".join([head, *_facts(difference.facts), *_clauses(difference)])


def _facts(facts: Sequence[FactChange]) -> Iterator[str]:
    if facts:
        yield "\nFacts"
        yield from (f"  {each}" for each in facts)


def _clauses(difference: Difference) -> Iterator[str]:
    yield f"\nWords: {difference.summary()}"
    for part, changes in difference.parts():
        yield f"\n{part}"
        for change in changes:
            yield from body(change)


def body(change: PartChange, indent: str = "  ") -> Iterator[str]:
    """A unit with its changed lines."""
    yield f"{indent}{title(change)} ({fate(change)})"
    yield from (f"{indent}    {line}" for line in _lines(change))


def fate(change: PartChange) -> str:
    """What happened to a unit: "moved and reworded"."""
    if not change.moved:
        return change.kind
    return "moved and reworded" if change.kind == "reworded" else "moved"


def _lines(change: PartChange) -> Iterator[str]:
    whole = change.kind in ("added", "removed")
    for n, line in enumerate(change.lines):
        if line.kind not in ("unchanged", "renumbered") and not (whole and n == 0):
            yield _line(line)


def _line(line: LineChange) -> str:
    label = label_of(line)
    cells = " | ".join("".join(_marked(cell)) for cell in line.cells)
    return f"{label} {cells}".strip()


def label_of(line: LineChange) -> str:
    """The number of a line, with its former number if that changed: "(b), was (a)"."""
    if line.old_label and line.new_label and line.old_label != line.new_label:
        return f"{line.new_label}, was {line.old_label}:"
    return line.new_label or line.old_label


_MARKS = {"insert": ("{+", "+}"), "delete": ("[-", "-]")}


def _marked(runs: Sequence[Run]) -> Iterator[str]:
    for n, run in enumerate(runs):
        if run.op == "equal":
            yield _shortened(run.new, first=n == 0, last=n == len(runs) - 1)
        elif run.op == "renumber":
            yield f"[-{run.old}-]{{+{run.new}+}}"
        else:
            start, end = _MARKS[run.op]
            yield f"{start}{run.old or run.new}{end}"


def _shortened(words: str, *, first: bool, last: bool) -> str:
    """Unchanged text with the middle of a long stretch left out; at the ends of a line, only text next to the change is kept."""
    if first and last:
        return words
    before = 0 if first else _AROUND
    after = 0 if last else _AROUND
    if len(words) <= before + after + 20:
        return words
    start = words[:before].rpartition(" ")[0] if before else ""
    end = words[len(words) - after :].partition(" ")[2] if after else ""
    return f"{start}{' ' * bool(start)}…{' ' * bool(end)}{end}"


# ---- JSON


def data(difference: Difference) -> dict[str, Any]:
    """The difference for JSON: facts, then every unit that differs in any way."""
    return {
        "agreement": difference.folder,
        "old": difference.old,
        "new": difference.new,
        "changed": not difference.none,
        "summary": difference.summary(),
        "facts": [fact_data(each) for each in difference.facts],
        "clauses": [change_data(each) for each in (*difference.touched, *difference.renumbered)],
    }


def fact_data(fact: FactChange) -> dict[str, Any]:
    """One fact."""
    return {
        "key": fact.key,
        "label": fact.label,
        "old": fact.old or None,
        "new": fact.new or None,
        "difference": fact.by or None,
        "where": str(fact.origin),
    }


def change_data(change: PartChange) -> dict[str, Any]:
    """One unit, with the lines that differ in any way."""
    return {
        "id": change.key,
        "part": change.part,
        "level": change.level,
        "title": title(change),
        "change": fate(change),
        "lines": [_line_data(line) for line in change.lines if line.kind != "unchanged"],
    }


def _line_data(line: LineChange) -> dict[str, Any]:
    return {
        "change": line.kind,
        "role": line.role,
        "old_label": line.old_label or None,
        "new_label": line.new_label or None,
        "cells": [_cell_data(cell) for cell in line.cells],
    }


def _cell_data(cell: Iterable[Run]) -> list[dict[str, str]]:
    return [{"op": run.op, **{k: v for k, v in (("old", run.old), ("new", run.new)) if v}} for run in cell]

"""What changed between two states of an agreement, as one HTML page without scripts or other files. Pure.

The page contains the words twice, inline and side by side; two radio buttons and CSS rules show one or the other.
"""

from collections.abc import Callable, Iterator, Sequence
from html import escape
from itertools import groupby
from typing import Any

from contract_assembly.compare.difference import Difference
from contract_assembly.compare.figures import FactChange
from contract_assembly.compare.trees import LineChange, PartChange, title
from contract_assembly.compare.words import Run
from contract_assembly.writers.changes.page_style import STYLE
from contract_assembly.writers.changes.text import fate

_MOST_CONTEXT = 3  # at most this many unchanged lines in a row are shown as context; more are counted


def page(difference: Difference) -> str:
    """The page for one agreement."""
    heading = f"{difference.title} · {difference.client}"
    return framed(
        heading,
        difference.language,
        f"<p>From <b>{_text(difference.old)}</b> to <b>{_text(difference.new)}</b> · {_text(difference.folder)}</p>",
        _nothing() if difference.none else facts_table(difference.facts) + _clauses(difference),
    )


def framed(heading: str, language: str, about: str, inside: str) -> str:
    """A complete page around its main part."""
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="color-scheme" content="light dark">\n'
        f"<title>Changes: {_text(heading)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f"<header>\n<h1><small>Changes</small> {_text(heading)}</h1>\n{about}\n</header>\n"
        f"<main>\n{inside}</main>\n</body>\n</html>\n"
    )


def _nothing() -> str:
    return "<p>Nothing changed: both states say the same.</p>\n"


# ---- facts


def facts_table(facts: Sequence[FactChange], level: int = 2) -> str:
    """A table of facts: before, after, and the difference; empty if there are no facts."""
    if not facts:
        return ""
    rows = "".join(
        f'<tr><th scope="row">{_text(each.label)}</th><td data-head="Before">{_text(each.old) or "–"}</td>'
        f'<td data-head="After">{_text(each.new) or "–"}</td><td data-head="Difference">{_text(each.by)}</td></tr>\n'
        for each in facts
    )
    heads = "".join(f'<th scope="col">{name}</th>' for name in ("Fact", "Before", "After", "Difference"))
    return (
        f'<section>\n<h{level}>Facts</h{level}>\n<table class="facts">\n<thead><tr>{heads}</tr></thead>\n'
        f"<tbody>\n{rows}</tbody>\n</table>\n</section>\n"
    )


# ---- clauses


def _clauses(difference: Difference) -> str:
    parts = "".join(f"<h3>{_text(part)}</h3>\n{''.join(map(article, changes))}" for part, changes in difference.parts())
    summary = f"<p>{_text(difference.summary().capitalize())}.</p>\n"
    return (
        f"<section>\n<h2>Words</h2>\n{summary}{chooser() if parts else ''}{parts}{_renumbered(difference)}</section>\n"
    )


def chooser() -> str:
    """The two radio buttons that the CSS rules depend on."""
    return (
        '<fieldset class="view"><legend>View</legend>'
        '<label><input type="radio" name="view" id="inline" checked> Inline</label> '
        '<label><input type="radio" name="view" id="sides"> Side by side</label></fieldset>\n'
    )


def article(change: PartChange, level: int = 4) -> str:
    """A unit with its lines in both views."""
    lines = [line for n, line in enumerate(change.lines) if n or line.kind == "reworded"]
    kind = "moved" if change.moved and change.kind != "reworded" else change.kind
    views = _inline_view(lines) + _sides_view(lines) if any(line.kind not in _UNCHANGED for line in lines) else ""
    return (
        f'<article class="{kind}">\n<h{level}>{_text(title(change))} <span class="fate">{fate(change)}</span></h{level}>\n'
        f"{views}</article>\n"
    )


_UNCHANGED = ("unchanged", "renumbered")


def _inline_view(lines: Sequence[LineChange]) -> str:
    return f'<div class="inline">\n{"".join(_blocks(lines, _inline))}</div>\n'


def _sides_view(lines: Sequence[LineChange]) -> str:
    sides = (("Before", _before), ("After", _after))
    columns = "".join(
        f'<div><p class="side">{name}</p>\n{"".join(_blocks(lines, show))}</div>\n' for name, show in sides
    )
    return f'<div class="sides">\n{columns}</div>\n'


_Show = Callable[[Sequence[Run]], str]


def _blocks(lines: Sequence[LineChange], show: _Show) -> Iterator[str]:
    for rows, group in groupby(lines, key=lambda line: line.role in ("row", "head")):
        found = list(group)
        yield _table(found, show) if rows else "".join(_shown(found, _paragraph, _gap, show))


_Write = Callable[[LineChange, _Show], str]


def _shown(lines: Sequence[LineChange], write: _Write, gap: Callable[[int, int], str], show: _Show) -> Iterator[str]:
    """Each line, or a count if many lines in a row are unchanged."""
    for unchanged, group in groupby(lines, key=lambda line: line.kind in _UNCHANGED and line.role != "head"):
        found = list(group)
        if unchanged and len(found) > _MOST_CONTEXT:
            yield gap(len(found), max(len(line.cells) for line in found))
        else:
            yield from (write(line, show) for line in found)


def _gap(count: int, _columns: int) -> str:
    return f'<p class="gap">… {count} lines as before</p>\n'


def _gap_of_rows(count: int, columns: int) -> str:
    return f'<tr><td class="gap" colspan="{columns}">… {count} rows as before</td></tr>\n'


def _paragraph(line: LineChange, show: _Show) -> str:
    words = show(line.cells[0]) if line.cells else ""
    label = _label(line, show)
    return f'<p class="{line.role}">{label}{words}</p>\n' if words else ""


def _label(line: LineChange, show: _Show) -> str:
    runs = [Run("equal", line.old_label, line.new_label)]
    if line.old_label != line.new_label:
        runs = [Run("delete", line.old_label, "")] * bool(line.old_label)
        runs += [Run("insert", "", line.new_label)] * bool(line.new_label)
    shown = show(runs)
    return f'<span class="label">{shown}</span> ' if shown else ""


def _table(lines: Sequence[LineChange], show: _Show) -> str:
    rows = "".join(_shown(lines, _tr, _gap_of_rows, show))
    label = 'class="scroll" role="group" aria-label="Rows of a table" tabindex="0"'
    return f"<div {label}><table>\n{rows}</table></div>\n" if rows else ""


def _tr(line: LineChange, show: _Show) -> str:
    cells = [show(cell) for cell in line.cells]
    tag = 'th scope="col"' if line.role == "head" else "td"
    inside = "".join(f"<{tag}>{cell}</{tag[:2]}>" for cell in cells)
    return f"<tr>{inside}</tr>\n" if any(cells) else ""


def _renumbered(difference: Difference) -> str:
    if not difference.renumbered:
        return ""
    entries = "".join(f"<li>{_text(title(each))}{_was(each)}</li>\n" for each in difference.renumbered)
    return f"<details>\n<summary>Only other numbers: {len(difference.renumbered)}</summary>\n<ul>\n{entries}</ul>\n</details>\n"


def _was(change: PartChange) -> str:
    line = change.lines[0]
    return f" (was {_text(line.old_label)})" if line.old_label != line.new_label else " (refers to another number)"


# ---- words


def _inline(runs: Sequence[Run]) -> str:
    return "".join(_text(run.new) if run.op == "equal" else _removed(run.old) + _added(run.new) for run in runs)


def _before(runs: Sequence[Run]) -> str:
    return "".join(_text(run.old) if run.op == "equal" else _removed(run.old) for run in runs)


def _after(runs: Sequence[Run]) -> str:
    return "".join(_text(run.new) if run.op == "equal" else _added(run.new) for run in runs)


def _removed(text: str) -> str:
    return (
        f'<del><span class="vh">removed: </span>{_text(text)}<span class="vh"> end of removal </span></del>'
        if text
        else ""
    )


def _added(text: str) -> str:
    return (
        f'<ins><span class="vh">added: </span>{_text(text)}<span class="vh"> end of addition </span></ins>'
        if text
        else ""
    )


def _text(text: Any) -> str:
    return escape(str(text), quote=False)

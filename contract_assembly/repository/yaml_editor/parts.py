"""Edit many parts of a file at once: set values, drop and add entries, insert lines; comments, quotes and order stay. Pure.

A value is set in its place; only one that is new, has several lines or is in another form is left to a library. Whole entries are
dropped and added as lines, because the library would take the comments of the next entry with them.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from contract_assembly.core.origin import Origin
from contract_assembly.repository.yaml_editor.checking import checked, data_of
from contract_assembly.repository.yaml_editor.places import Path, Placed, placed, with_texts
from contract_assembly.repository.yaml_editor.tree import (
    in_blocks,
    plain,
    quoted_like,
    read,
    rows_in_blocks,
    text_of,
    written,
)


class Changes(Struct, frozen=True):
    """The changes to a file, by paths of keys and positions ("fees", "prices", 0, "price").

    `values` are set, and may be new keys of a mapping. `dropped` entries are removed with the comment directly above
    them. `lines` are inserted directly below the line of the key at their path, with the indentation they have. `added` entries
    go to the end of the mapping or list at their path, () for the file, written like the entry before them. Paths are those of
    the file as it was."""

    values: Mapping[tuple[str | int, ...], str] = field(default_factory=dict)
    dropped: Iterable[tuple[str | int, ...]] = ()
    lines: Mapping[tuple[str | int, ...], Sequence[str]] = field(default_factory=dict)
    added: Mapping[tuple[str | int, ...], Mapping[str, Any] | Sequence[Any]] = field(default_factory=dict)


def apply(text: str, changes: Changes, at: Origin | None = None) -> str:
    """The text with these changes. A path to drop that does not exist is ignored. Raises KeyError if the place of a
    value or a line does not exist, and EditError (at `at`) if the result does not contain exactly these changes."""
    what, hint = "this file is written in a form that is not changed here", "write each entry on a line of its own"
    return checked(_applied(text, changes), _expected(text, changes), at, what, hint)


def _expected(text: str, changes: Changes) -> Any:
    """The expected content: the same changes made to plain data."""
    tree, data = placed(text), data_of(text)
    for path, value in changes.values.items():
        _at(data, path[:-1])[path[-1]] = value
    inserted = [(path, lines, _is_inside(tree, path, lines)) for path, lines in changes.lines.items()]
    grown = [(_at(data, path), new) for path, new in changes.added.items()]
    for path in sorted((each for each in changes.dropped if _has(data, each)), key=_from_the_end, reverse=True):
        del _at(data, path[:-1])[path[-1]]
    for above, new in grown:
        _grow(above, plain(new))
    for path, lines, inside in inserted:
        if not (content := [line for line in lines if not _is_void(line)]):
            continue
        margin = min(map(_indent, content))
        new = data_of("\n".join(line[margin:] for line in content) + "\n")
        above = _at(data, path if inside else path[:-1])
        if isinstance(new, list):
            above[:0] = new
        else:
            above.update(new)
    return data


def _is_inside(tree: Placed, path: Path, lines: Sequence[str]) -> bool:
    """Whether lines below a key belong to its value, not to its neighbours."""
    content = [line for line in lines if not _is_void(line)]
    return bool(content) and (content[0].lstrip().startswith("- ") or _indent(content[0]) > _column(tree, path))


def _applied(text: str, changes: Changes) -> str:
    tree = placed(text)
    flowing = [path for path in changes.dropped if tree.has(path) and tree.at(path[:-1]).flows]
    after = None if flowing else with_texts(text, changes.values)
    if after is None:
        after = _in_tree(text, changes.values, flowing)
        tree = placed(after)
    text = _with_lines(after, tree, changes, skip=set(flowing))
    for path, new in changes.added.items():
        text = _with_entries(text, _moved(path, changes.dropped), new)
    return text


def _in_tree(text: str, values: Mapping[tuple[str | int, ...], str], flowing: Iterable[Path]) -> str:
    """The text with values set and entries in brackets dropped by the library."""
    tree = read(text)
    for path, value in values.items():
        above = _at(tree, path[:-1])
        above[path[-1]] = quoted_like(above[path[-1]], value) if _has(above, path[-1:]) else value
    for each in sorted(flowing, key=_from_the_end, reverse=True):
        del _at(tree, each[:-1])[each[-1]]
    return text_of(tree)


def _grow(above: Any, new: Any) -> None:
    if isinstance(new, Mapping):
        above.update(new)
    else:
        above.extend(new)


def _moved(path: Path, dropped: Iterable[Path]) -> Path:
    """A path as it is after entries before it in their lists were dropped."""
    gone = {tuple(each) for each in dropped}

    def before(place: int, key: int) -> int:
        return sum((*path[:place], other) in gone for other in range(key))

    return [key - before(place, key) if isinstance(key, int) else key for place, key in enumerate(path)]


def _with_entries(text: str, path: Path, new: Any) -> str:
    """The text with entries at the end of a mapping or list, before the comment above what follows it."""
    tree = placed(text)
    above = tree.at(path)
    if above.flows or not above.inside:
        return _with_entries_in_brackets(text, path, new)
    lines = text.splitlines()
    last = [*path, list(above.inside)[-1]]
    end = _extent(tree, last, lines)[1]
    while end and _is_void(lines[end - 1]):
        end -= 1
    margin = " " * _column(tree, last)
    kept = tree.at(last)
    in_rows = not isinstance(new, Mapping) and kept.kind == "mapping" and not kept.flows
    block = text_of(rows_in_blocks(new) if in_rows else in_blocks(new)).splitlines()
    dedent = min(map(_indent, block))
    apart = [""] if not path and isinstance(new, Mapping) and len(block) > 1 else []
    lines[end:end] = [*apart, *(margin + line[dedent:] for line in block)]
    return "\n".join([*lines, ""])


def _with_entries_in_brackets(text: str, path: Path, new: Any) -> str:
    """The text with entries at the end of a mapping or list in brackets; an empty one becomes a block."""
    tree = read(text)
    above = _at(tree, path)
    if not above:
        above.fa.set_block_style()
    _grow(above, written(new))
    return text_of(tree)


def indent_of(text: str, path: Path) -> int:
    """The number of columns by which the entries below a key are indented; the usual number if the key does not
    exist."""
    tree = placed(text)
    below = tree.at(path) if tree.has(path) else None
    if below is None or not below.inside:
        return 2 * len(path)
    return next(iter(below.inside.values())).column - (0 if below.kind == "mapping" else 2)


def is_in_brackets(text: str, path: Path) -> bool:
    """Whether the value at a path is written in brackets. Raises KeyError if there is none."""
    return placed(text).at(path).flows


def _with_lines(text: str, tree: Placed, changes: Changes, skip: set[tuple[str | int, ...]]) -> str:
    """Remove entries and insert lines, from the end of the text to its beginning, so that line numbers stay valid. `tree` has
    the lines of the text, and the columns of its blocks."""
    lines = text.splitlines()
    steps: list[tuple[int, int, Sequence[str]]] = []
    for path in changes.dropped:
        if path not in skip and tree.has(path):
            first, last = _extent(tree, path, lines)
            steps.append((first, last, ()))
    steps += [(tree.at(path).line + 1, tree.at(path).line + 1, added) for path, added in changes.lines.items()]
    for first, last, added in sorted(steps, key=lambda step: step[:2], reverse=True):
        lines[first:last] = added
    return "\n".join([*lines, ""])


def _extent(tree: Placed, path: Path, lines: Sequence[str]) -> tuple[int, int]:
    """The lines of an entry with the comment directly above it, without the comment above the next one."""
    first, column = tree.at(path).line, _column(tree, path)
    last = first + 1
    while last < len(lines) and _belongs(lines[last], column, in_list=isinstance(path[-1], int)):
        last += 1
    while last > first + 1 and _is_void(lines[last - 1]) and _indent(lines[last - 1]) <= column:
        last -= 1
    while first and lines[first - 1].strip().startswith("#") and _indent(lines[first - 1]) == column:
        first -= 1
    between = first and last < len(lines) and not lines[first - 1].strip() and not lines[last].strip()
    return first, last + bool(between)


def _belongs(line: str, column: int, *, in_list: bool) -> bool:
    """Whether a line below an entry belongs to it: it is empty or a comment, indented further, or an item of an
    unindented list."""
    unindented = not in_list and _indent(line) == column and line.lstrip().startswith("- ")
    return _is_void(line) or _indent(line) > column or unindented


def _is_void(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _column(tree: Placed, path: Path) -> int:
    """The column of a key, or of the dash of an item."""
    return tree.at(path).column - 2 * isinstance(path[-1], int)


def _at(tree: Any, path: Path) -> Any:
    for key in path:
        tree = tree[key]
    return tree


def _has(tree: Any, path: Path) -> bool:
    try:
        _at(tree, path)
    except (KeyError, IndexError, TypeError):
        return False
    return True


def _from_the_end(path: Path) -> tuple[str, ...]:
    return tuple(f"{each:08}" if isinstance(each, int) else each for each in path)

"""A YAML file with some values changed, lines taken out and lines put in; comments, quotes and order stay. Pure.

Every scalar is text, as in `plain_yaml`, so no date or number is written in another way than its author wrote it. Values are set
in the tree; whole entries go and come as lines, for a library would take the comments of the next entry with them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from contract_assembly.repository.yaml_values import read, text_of

Path = Sequence[str | int]


@dataclass(frozen=True)
class Changes:
    """What to do with a file, by paths of keys and positions ("fees", "prices", 0, "price").

    `values` are set, and may be new keys of a mapping; `dropped` entries go with the comment right above them; `lines` are put
    right below the line on which the key at their path stands, indented as they are."""

    values: Mapping[tuple[str | int, ...], str] = field(default_factory=dict)
    dropped: Iterable[tuple[str | int, ...]] = ()
    lines: Mapping[tuple[str | int, ...], Sequence[str]] = field(default_factory=dict)


def edited(text: str, changes: Changes) -> str:
    """The text with these changes. A path to drop that is not there is passed over. Raises KeyError for a value or a line whose
    place is not there."""
    tree = read(text)
    for path, value in changes.values.items():
        _at(tree, path[:-1])[path[-1]] = value
    flowing = [path for path in changes.dropped if _has(tree, path) and _flows(_at(tree, path[:-1]))]
    for path in sorted(flowing, key=_from_the_end, reverse=True):
        del _at(tree, path[:-1])[path[-1]]
    text = text_of(tree)
    return _with_lines(text, changes, skip=set(flowing))


def flow(entries: Mapping[str, str]) -> str:
    """A mapping on one line: "{line: users, price: 63.00 USD}"."""
    tree = read("{}\n")
    tree.update(entries)
    tree.fa.set_flow_style()
    return text_of(tree).strip()


def indent_of(text: str, path: Path) -> int:
    """How many columns the entries below a key are indented; for a key that is not there those that usually are."""
    try:
        below = _at(read(text), path)
        place = _place(below, next(iter(below)) if isinstance(below, dict) else 0)
    except (KeyError, IndexError, StopIteration, TypeError, AttributeError):
        return 2 * len(path)
    return int(place[1]) - (0 if isinstance(below, dict) else 2)


def one_line(text: str, path: Path) -> bool:
    """Whether what stands at a path is written in brackets."""
    return _flows(_at(read(text), path))


def _with_lines(text: str, changes: Changes, skip: set[tuple[str | int, ...]]) -> str:
    """Take entries out and put lines in, from the end of the text to its beginning, so that no place moves meanwhile."""
    tree, lines = read(text), text.splitlines()
    steps: list[tuple[int, int, Sequence[str]]] = []
    for path in changes.dropped:
        if path not in skip and _has(tree, path):
            first, last = _extent(tree, path, lines)
            steps.append((first, last, ()))
    steps += [(_line(tree, path) + 1, _line(tree, path) + 1, added) for path, added in changes.lines.items()]
    for first, last, added in sorted(steps, key=lambda step: step[:2], reverse=True):
        lines[first:last] = added
    return "\n".join([*lines, ""])


def _extent(tree: Any, path: Path, lines: Sequence[str]) -> tuple[int, int]:
    """The lines of an entry with the comment right above it, without what stands before the next one."""
    first, column = _line(tree, path), _column(tree, path)
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
    """Whether a line below an entry is still of it: void, further in, or an item of a list that is not indented."""
    unindented = not in_list and _indent(line) == column and line.lstrip().startswith("- ")
    return _is_void(line) or _indent(line) > column or unindented


def _is_void(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _line(tree: Any, path: Path) -> int:
    return _place(_at(tree, path[:-1]), path[-1])[0]


def _column(tree: Any, path: Path) -> int:
    """Of a key where it begins, of an item where its dash stands."""
    return _place(_at(tree, path[:-1]), path[-1])[1] - 2 * isinstance(path[-1], int)


def _place(above: Any, key: str | int) -> tuple[int, int]:
    """Line and column of a key, or of what follows the dash of an item, both from 0."""
    found = above.lc.item(key) if isinstance(key, int) else above.lc.key(key)
    return int(found[0]), int(found[1])


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


def _flows(tree: Any) -> bool:
    return bool(tree.fa.flow_style())


def _from_the_end(path: Path) -> tuple[str, ...]:
    return tuple(f"{each:08}" if isinstance(each, int) else each for each in path)

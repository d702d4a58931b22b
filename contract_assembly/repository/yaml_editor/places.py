"""Where each key, item and value of a YAML text is, and texts replaced in their places. Pure."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Literal, TypeAlias

from msgspec import Struct, field

from contract_assembly.facts.yaml_reader import Composed, composed

Path: TypeAlias = Sequence[str | int]
Kind = Literal["mapping", "list", "text"]

_PLAIN = re.compile(r"[A-Za-z0-9][\w.+/-]*( [\w.+/%-]+)*", re.ASCII)  # means itself without quotes, in braces, too
_COMMENT = re.compile(r"([^#\"'\n]*?)([ \t]+)(#[^\n]*)")  # what follows a value on its line, up to a comment


class Placed(Struct, frozen=True):
    """A value in a text. `line` and `column` are those of its key or, for an item of a list, of what is behind the dash, from 0.
    `start` and `end` are the positions of the value itself. `style` is the quote of a text, or | or > for a block of lines;
    `flows` says that a mapping or list is in brackets. `inside` are its values by key or position."""

    kind: Kind
    line: int
    column: int
    start: int
    end: int
    style: str = ""
    flows: bool = False
    inside: "Mapping[str | int, Placed]" = field(default_factory=dict)

    def at(self, path: Path) -> "Placed":
        """The value at a path below this one. Raises KeyError if there is none."""
        found = self
        for key in path:
            found = found.inside[key]
        return found

    def has(self, path: Path) -> bool:
        """Whether there is a value at a path below this one."""
        try:
            self.at(path)
        except KeyError:
            return False
        return True


@lru_cache(maxsize=8)  # one edit asks several questions of the same text
def placed(text: str) -> Placed:
    """The top value of a text, with everything in it. Raises yaml's error for what is not YAML."""
    top = composed(text)
    return _placed(top, top.start_mark.line, top.start_mark.column) if top else Placed("mapping", 0, 0, 0, 0)


def _placed(node: Composed, line: int, column: int) -> Placed:
    kind: Kind = "text"
    inside: dict[str | int, Placed] = {}
    if node.id == "mapping":
        kind = "mapping"
        inside = {str(key.value): _placed(each, key.start_mark.line, key.start_mark.column) for key, each in node.value}
    elif node.id == "sequence":
        kind = "list"
        items = enumerate(node.value)
        inside = {n: _placed(each, each.start_mark.line, each.start_mark.column) for n, each in items}
    style = (node.style or "") if kind == "text" else ""
    flows = kind != "text" and bool(node.flow_style)
    return Placed(
        kind=kind,
        line=line,
        column=column,
        start=node.start_mark.index,
        end=node.end_mark.index,
        style=style,
        flows=flows,
        inside=inside,
    )


def with_texts(text: str, values: Mapping[tuple[str | int, ...], str]) -> str | None:
    """The text with other texts in their places; comments after them keep their columns where they can. None if one of them
    is not there, is written over several lines, or needs quotes that it did not have. Raises KeyError if the mapping or list
    that it belongs to is not there."""
    tree = placed(text)
    olds = [(tree.at(path[:-1]).inside.get(path[-1]), value) for path, value in values.items()]
    for old, value in sorted(olds, key=lambda each: each[0].start if each[0] else 0, reverse=True):
        if old is None or old.kind != "text" or old.style in {"|", ">"} or not _PLAIN.fullmatch(value):
            return None
        before, rest = text[: old.start], text[old.end :]
        if "\n" in text[old.start : old.end] or old.start == old.end:
            return None
        begins = before.rfind("\n") + 1
        new = f"{before}{old.style}{value}{old.style}"
        end = rest.find("\n")
        following = rest if end < 0 else rest[:end]
        if "#" in following:
            comment = _COMMENT.fullmatch(following)
            if comment is None:
                return None
            column = old.end + comment.start(3) - begins
            width = max(1, column - (len(new) - begins) - len(comment[1]))
            rest = f"{comment[1]}{' ' * width}{comment[3]}{rest[len(following) :]}"
        text = new + rest
    return text

"""The simplest form of YAML, read line by line: what nearly every file of an agreement is written in. Pure.

`strict_yaml` reads the same facts and lines from it, four times as slowly, and all other texts. A text that is not in this form,
or that `strict_yaml` would refuse, is None here: what is wrong is found and worded in one place."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from msgspec import Struct

from contract_assembly.core.origin import Origin

MOST = 100_000  # characters of a text; strict_yaml's bounds on values and sizes are beyond what fits in it
_LONGEST = 2_000  # of a line
_DEPTH = 8  # lists and mappings around a line; two more may be within it
_WITHIN = 2
# Letters, figures and marks of everyday texts. No other blank or line break than those of a keyboard, and no tab.
_UNUSUAL = re.compile("[^\n\x20-\x7e£§°·À-ſ–—‘’“”…€]")
# A text without quotes, and a comment after it. A colon before a blank or at the end would make it a key.
_PLAIN = r"([A-Za-z0-9+/(£€](?:[^\n:#]++|:(?! |$)|(?<! )#)*+)(?:# .*)?"
_LINES = re.compile(rf"^( *)(- )?(?:([A-Za-z_][A-Za-z0-9_-]*):(?: +|$))?(?:{_PLAIN}|(.*))$", re.MULTILINE)
_QUOTED = re.compile(r"(?:\"([^\"\\]*)\"|'([^']*)') *(?: # .*)?")
_BRACKETS = frozenset("[{")
_NOTHING = frozenset(("null", "Null", "NULL"))
_WITHIN_LINE = re.compile(
    r" *(?:([\[\]{},])|(?:\"([^\"\\]*)\"|'([^']*)') *(?=[,\]}])"
    r"|([A-Za-z_][A-Za-z0-9_-]*): +|([A-Za-z0-9+][A-Za-z0-9 _.+()/%@&;$£€’'=À-ſ–—-]*?) *(?=[,\]}]))"
)
_COMMENT = re.compile(r" *(?: # .*)?")

_Container: TypeAlias = dict[str, Any] | list[Any]


class Places(Mapping[str, Origin]):
    """The place of each fact of a file by its dotted path. Most are never asked for, so only their lines are kept."""

    __slots__ = ("lines", "path")

    def __init__(self, path: str, lines: dict[str, int]) -> None:
        self.path, self.lines = path, lines

    def __getitem__(self, fact: str) -> Origin:
        return Origin(self.path, self.lines[fact])

    def __contains__(self, fact: object) -> bool:
        return fact in self.lines

    def __iter__(self) -> Iterator[str]:
        return iter(self.lines)

    def __len__(self) -> int:
        return len(self.lines)


class Simple(Struct, frozen=True):
    """What a text holds, as dicts, lists and str, and the place of each fact by its dotted path."""

    data: dict[str, Any]
    origins: Places


class _OtherFormError(Exception):
    """The text is not in the simplest form."""


def read(text: str, path: str, first_line: int = 1, *, template: bool = False) -> Simple | None:
    """A mapping in the simplest form; None for any other text. `first_line` and `template` as for
    `strict_yaml.load`."""
    if len(text) > MOST or _UNUSUAL.search(text):
        return None
    reader = _Reader(path, not template and ("{{" in text or "}}" in text))
    try:
        return reader.document(text, first_line)
    except _OtherFormError:
        return None


class _Reader:
    """The lists and mappings around a line, each with the column of its entries, its first part of their paths, and itself;
    and a key whose value begins on a later line."""

    def __init__(self, path: str, doubled: bool) -> None:
        self.path = path
        self.doubled = doubled  # whether braces are doubled anywhere: no fact may hold them
        self.around: list[tuple[int, str, _Container]] = []
        self.waiting: tuple[int, str, dict[str, Any], str] | None = None
        self.lines: dict[str, int] = {}
        self.number = 1

    def document(self, text: str, first_line: int) -> Simple:
        for number, found in enumerate(_LINES.finditer(text), first_line):
            indent, dash, key, plain, rest = found.groups()
            if key or dash:
                self.number = number
                self.line(len(indent), dash, key, plain, rest)
            elif plain or (rest and rest[0] != "#"):
                raise _OtherFormError
        if self.waiting or not self.around:
            raise _OtherFormError
        _, _, root = self.around[0]
        if not isinstance(root, dict):
            raise _OtherFormError
        return Simple(root, Places(self.path, self.lines))

    def line(self, column: int, dash: str | None, key: str | None, plain: str | None, rest: str) -> None:
        if dash:
            path, items = self.list_at(column)
            path = f"{path}{len(items)}"
            self.lines[path] = self.number
            if key is None:
                items.append(self.value(plain, rest, path))
                return
            entries: dict[str, Any] = {}
            items.append(entries)
            prefix, column = f"{path}.", column + 2
            self.push(column, prefix, entries)
        else:
            prefix, entries = self.mapping_at(column)
        if key is None or key in entries or key in _NOTHING:
            raise _OtherFormError
        path = prefix + key
        self.lines[path] = self.number
        if plain or (rest and rest[:2] != "# "):
            entries[key] = self.value(plain, rest, path)
        else:
            entries[key] = None  # keeps its place; the lines below hold the value
            self.waiting = (column, path, entries, key)

    def push(self, column: int, prefix: str, container: _Container) -> None:
        if len(self.around) == _DEPTH:
            raise _OtherFormError
        self.around.append((column, prefix, container))

    def begun(self, column: int, least: int, container: _Container) -> str:
        """Begin the list or mapping that a key waits for; the first part of the paths of its entries."""
        assert self.waiting is not None  # noqa: S101  # the caller has looked
        of, path, entries, key = self.waiting
        if column < of + least:
            raise _OtherFormError
        entries[key] = container
        self.waiting = None
        self.push(column, f"{path}.", container)
        return f"{path}."

    def list_at(self, column: int) -> tuple[str, list[Any]]:
        """The list whose entries are at this column. One may begin below its key without being indented."""
        if self.waiting:
            items: list[Any] = []
            return self.begun(column, 0, items), items
        self.leave(column)
        at, prefix, found = self.around[-1] if self.around else (-1, "", {})
        if at != column or not isinstance(found, list):
            raise _OtherFormError
        return prefix, found

    def mapping_at(self, column: int) -> tuple[str, dict[str, Any]]:
        """The mapping whose entries are at this column."""
        if self.around and not self.waiting:
            at, prefix, found = self.around[-1]
            if at == column and isinstance(found, dict):
                return prefix, found  # nearly always
        if self.waiting:
            entries: dict[str, Any] = {}
            return self.begun(column, 1, entries), entries
        if not self.around:
            if column or self.lines:
                raise _OtherFormError
            self.push(0, "", {})
            self.lines[""] = self.number
        at, prefix, found = self.around[-1]
        if at > column:
            self.leave(column)
            at, prefix, found = self.around[-1] if self.around else (-1, "", {})
        if at == column and isinstance(found, list):
            self.around.pop()  # the entries of a list that was not indented
            at, prefix, found = self.around[-1] if self.around else (-1, "", {})
        if at != column or not isinstance(found, dict):
            raise _OtherFormError
        return prefix, found

    def leave(self, column: int) -> None:
        while self.around and self.around[-1][0] > column:
            self.around.pop()

    # ---- values

    def value(self, plain: str | None, rest: str, path: str) -> Any:
        if len(plain or rest) > _LONGEST:
            raise _OtherFormError
        if plain:
            text = plain.rstrip(" ")
            if text in _NOTHING:
                raise _OtherFormError
            return self.fact(text) if self.doubled else text
        if rest[:1] in _BRACKETS:
            value, end = self.within(rest, 0, path, 0)
            if not _COMMENT.fullmatch(rest, end):
                raise _OtherFormError
            return value
        found = _QUOTED.fullmatch(rest)
        if found is None:
            raise _OtherFormError
        text = found[1] if found[1] is not None else found[2]
        if text[:1] == " " or text[-1:] == " ":
            raise _OtherFormError
        return self.fact(text)

    def fact(self, text: str) -> str:
        if self.doubled and ("{{" in text or "}}" in text):
            raise _OtherFormError
        return text

    def within(self, rest: str, start: int, path: str, depth: int) -> tuple[Any, int]:
        """A value that ends on its line, and where it ends; scalars in it have no ": "."""
        found = _WITHIN_LINE.match(rest, start)
        if found is None or depth > _WITHIN:
            raise _OtherFormError
        mark, double, single, key, bare = found.groups()
        if bare is not None and bare not in _NOTHING:
            return bare, found.end()
        text = double if double is not None else single
        if text is not None and text[:1] != " " and text[-1:] != " ":
            return self.fact(text), found.end()
        if key is None and mark in _BRACKETS:
            return (self.items if mark == "[" else self.entries)(rest, found.end(), path, depth)
        raise _OtherFormError

    def items(self, rest: str, end: int, path: str, depth: int) -> tuple[list[Any], int]:
        items: list[Any] = []
        if rest.startswith("]", end):
            return items, end + 1
        while True:
            place = f"{path}.{len(items)}"
            self.lines[place] = self.number
            value, end = self.within(rest, end, place, depth + 1)
            items.append(value)
            end, closed = self.after(rest, end, "]")
            if closed:
                return items, end

    def entries(self, rest: str, end: int, path: str, depth: int) -> tuple[dict[str, Any], int]:
        entries: dict[str, Any] = {}
        if rest.startswith("}", end):
            return entries, end + 1
        while True:
            found = _WITHIN_LINE.match(rest, end)
            key = found[4] if found else None
            if found is None or key is None or key in entries or key in _NOTHING:
                raise _OtherFormError
            place = f"{path}.{key}"
            self.lines[place] = self.number
            entries[key], end = self.within(rest, found.end(), place, depth + 1)
            end, closed = self.after(rest, end, "}")
            if closed:
                return entries, end

    def after(self, rest: str, end: int, closing: str) -> tuple[int, bool]:
        """The end of the comma or closing mark after an entry, and whether it closes the list or mapping."""
        found = _WITHIN_LINE.match(rest, end)
        if found is None or found[1] not in {",", closing}:
            raise _OtherFormError
        return found.end(), found[1] == closing

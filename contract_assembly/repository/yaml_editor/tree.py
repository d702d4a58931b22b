"""Edit a whole mapping and keep its comments, order and quotes. The only module that imports ruamel.yaml. Pure.

Every scalar is text here, as in `strict_yaml`: nothing is read as a number or a date and written back in another form.
"""

import io
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, TypeAlias

Tree: TypeAlias = Any  # ruamel's mapping: a dictionary that remembers how it was written
Row: TypeAlias = Mapping[str, Any]
_PLAIN = re.compile(r"[\w.+/-]+( [\w.+/%-]+)*", re.ASCII)
_WIDE = 1_000_000  # no line is folded


def update(text: str, change: Callable[[Tree], None]) -> str:
    """The text after `change` has edited its top mapping in place. Everything else keeps its bytes in files formatted
    like ours, with lists indented by two spaces; a comment after a value stays in its column. The text must be a YAML
    mapping that `strict_yaml` accepts. Raises ValueError if the result does not contain the edited mapping."""
    tree = read(text)
    change(tree)
    after = text_of(tree)
    if plain(read(after)) != plain(tree):
        raise ValueError("the file reads differently after it was written")
    return after


def read(text: str) -> Tree:
    """The top mapping of a text, with its style."""
    return _yaml().load(text)


def text_of(tree: Tree) -> str:
    """The text of a mapping, in the style in which it was written."""
    out = io.StringIO()
    _yaml().dump(tree, out)
    return out.getvalue()


def put(tree: Tree, name: str, value: Any) -> None:
    """Set a key to a text, or to a mapping or list of texts. An existing text keeps its quotes, a mapping its other
    keys; an equal value is not touched."""
    old = tree.get(name)
    if isinstance(value, Mapping) and isinstance(old, Mapping):
        for each, inside in value.items():
            put(old, each, inside)
    elif name not in tree or plain(old) != plain(value):
        if name not in tree and isinstance(value, Mapping):
            _set_apart(tree, name)
        tree[name] = (
            written(value) if isinstance(value, Mapping) or not _is_quoted(old) else quoted_like(old, str(value))
        )


def put_rows(
    tree: Tree,
    name: str,
    rows: Iterable[Row],
    keys: Collection[str],
    *,
    stale: Callable[[Row], bool],
    keep: Callable[[str], bool],
) -> None:
    """Bring a list of mappings up to date, matched by the values of `keys`. Rows that are not among the new ones are
    removed if they are `stale`, and so are keys of a matched row that the new one does not have, except those that
    `keep` accepts."""
    wanted = {_key(row, keys): row for row in rows}
    old = tree.get(name)
    if old is None:
        if wanted:
            _set_apart(tree, name)
            tree[name] = written(list(wanted.values()))
        return
    for position in reversed(range(len(old))):
        if _key(old[position], keys) not in wanted and stale(old[position]):
            del old[position]
    there = {_key(row, keys): row for row in old}
    for key, row in wanted.items():
        if key in there:
            for gone in [each for each in there[key] if each not in row and not keep(each)]:
                del there[key][gone]
            for each, value in row.items():
                put(there[key], each, value)
        else:
            old.append(written(row))
    if not old:
        del tree[name]


def plain(value: Any) -> Any:
    """A value without its style, as texts, dictionaries and lists."""
    if isinstance(value, Mapping):
        return {str(name): plain(inside) for name, inside in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return None if value is None else str(value)


def _key(row: Row, keys: Collection[str]) -> tuple[Any, ...]:
    return tuple(plain(row.get(each)) for each in keys)


def written(value: Any) -> Any:
    """A new value: a mapping of texts is on one line, other mappings and lists are blocks; texts have quotes if they
    need them."""
    from ruamel.yaml.comments import CommentedMap, CommentedSeq
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString

    if isinstance(value, Mapping):
        made = CommentedMap((name, written(inside)) for name, inside in value.items())
        if not any(isinstance(inside, list | tuple) for inside in value.values()):
            made.fa.set_flow_style()
        return made
    if isinstance(value, list | tuple):
        return CommentedSeq(written(each) for each in value)
    return str(value) if _PLAIN.fullmatch(str(value)) else DoubleQuotedScalarString(str(value))


def quoted_like(old: Any, value: str) -> Any:
    """A text with the quotes of the one that it replaces."""
    return type(old)(value) if _is_quoted(old) else value


def rows_in_blocks(rows: Sequence[Row]) -> Tree:
    """A new list of mappings in block form."""
    from ruamel.yaml.comments import CommentedSeq

    return CommentedSeq(in_blocks(each) for each in rows)


def in_blocks(value: Mapping[str, Any] | Sequence[Any]) -> Tree:
    """A new mapping in block form, and the mappings in it; values in a list are as `written`."""
    from ruamel.yaml.comments import CommentedMap

    if not isinstance(value, Mapping):
        return written(value)
    return CommentedMap(
        (name, in_blocks(inside) if isinstance(inside, Mapping) else written(inside)) for name, inside in value.items()
    )


def on_one_line(value: Mapping[str, str | Sequence[str]]) -> Tree:
    """A new mapping in braces; its texts are plain where YAML allows it, and its lists in brackets."""
    from ruamel.yaml.comments import CommentedMap

    made = CommentedMap((name, each if isinstance(each, str) else written(each)) for name, each in value.items())
    made.fa.set_flow_style()
    return made


def _set_apart(tree: Tree, name: str) -> None:
    """Put an empty line above a new top-level section."""
    if tree and not tree.lc.col:
        tree.yaml_set_comment_before_after_key(name, before="\n")


def _is_quoted(value: Any) -> bool:
    from ruamel.yaml.scalarstring import ScalarString

    return isinstance(value, ScalarString)


def _yaml() -> Any:
    editor, resolver = _kinds()
    yaml = editor()
    yaml.Resolver = resolver
    yaml.preserve_quotes = True
    yaml.width = _WIDE
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.representer.ignore_aliases = lambda _value: True
    return yaml


@cache
def _kinds() -> tuple[type, type]:
    """An editor without plug-ins, for which it would search the disk each time, and a reader of every plain scalar as text."""
    from ruamel.yaml import YAML
    from ruamel.yaml.resolver import VersionedResolver

    class Editor(YAML):
        def official_plug_ins(self) -> list[str]:
            return []

    class Texts(VersionedResolver):
        versioned_resolver: Mapping[str, Any] = {}

    return Editor, Texts

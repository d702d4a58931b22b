"""Strict YAML: every scalar is text with its line, until a model gives it a type.

Refused, each with its line: aliases, anchors, tags, merge keys, repeated keys, keys that are not text, several documents in
one file, missing values, values that a `#` would cut off, characters that a fact may not hold, and anything over the bounds
here and in `facts.yaml_nodes`. The bounds are counts, so the same file is refused on every machine.
"""

import re
from typing import Any

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.facts.yaml_nodes import MAX_DEPTH as MAX_DEPTH
from contract_assembly.facts.yaml_nodes import MAX_PROBLEMS as MAX_PROBLEMS
from contract_assembly.facts.yaml_nodes import Mapping as Mapping
from contract_assembly.facts.yaml_nodes import Node as Node
from contract_assembly.facts.yaml_nodes import Scalar as Scalar
from contract_assembly.facts.yaml_nodes import Sequence as Sequence

MAX_BYTES = 2_000_000  # a ten-year service record of a large client is a tenth of this
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")  # in no YAML file


def load(text: str, path: str, first_line: int = 1, *, template: bool = False) -> Node:
    """Read one YAML document. `first_line` is the line of `path` on which `text` starts; a `template` file may hold {{ }}.
    Raises RefusedError with all problems, up to MAX_PROBLEMS."""
    if len(text) > MAX_BYTES:
        raise RefusedError(
            [Problem("yaml-size", f"the file is over {MAX_BYTES:,} characters", Origin(path), "split it")]
        )
    if found := _NOT_TEXT.search(text):
        line = first_line + text.count("\n", 0, found.start())
        what = f"this is not YAML: it holds the control character U+{ord(found[0]):04X}"
        raise RefusedError(
            [Problem("yaml-syntax", what, Origin(path, line), "remove the character, or retype the line")]
        )
    from contract_assembly.facts.yaml_reader import read

    return read(text, path, first_line, template=template)


def plain(node: Node) -> Any:
    """The node as dicts, lists and str, for a model to validate."""
    match node:
        case Scalar(text=text):
            return text
        case Sequence(items=items):
            return [plain(each) for each in items]
        case Mapping(entries=entries):
            return {key: plain(each) for key, each in entries.items()}


def where(node: Node, path: tuple[str | int, ...]) -> Origin:
    """The place that a path of keys and positions leads to, or the nearest one above it that exists."""
    found = node.origin
    for step in path:
        if isinstance(node, Mapping) and isinstance(step, str) and step in node.entries:
            found, node = node.keys[step], node.entries[step]
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
            found = node.origin
        else:
            break
    return found

"""The text of a new YAML file, and of single values in it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from contract_assembly.repository.yaml_editor.tree import in_blocks, on_one_line, text_of

# The number of folders between the root and a file.
PROVIDER_DEPTH, AGREEMENT_DEPTH, DOCUMENT_DEPTH = 1, 3, 4
_BREAK = "\n"


def schema_line(schema: str, depth: int) -> str:
    """The first line of a file: the schema with which an editor completes and checks it. `depth` is the number of
    folders between the root and the file."""
    return f"# yaml-language-server: $schema={'../' * depth}docs/schema/{schema}.json\n"


def new_file(schema: str, depth: int, comments: Iterable[str], facts: Mapping[str, str]) -> str:
    """A file with its schema line, comments, and facts in their written form: "draft", `listed(…)`, `flow(…)`."""
    head = schema_line(schema, depth) + "".join(f"# {each}\n" for each in comments)
    return head + "".join(f"{name}:{'' if each.startswith(_BREAK) else ' '}{each}\n" for name, each in facts.items())


def listed(items: Iterable[str]) -> str:
    """A list in block form, below its key."""
    return "".join(f"\n  - {each}" for each in items)


def mapped(items: Mapping[str, str]) -> str:
    """A mapping in block form, below its key."""
    return "".join(f"\n  {name}: {each}" for name, each in items.items())


def block(facts: Mapping[str, Any]) -> str:
    """Facts in block form, one key a line: texts, mappings of facts, and lists; a mapping in a list is on one line."""
    return text_of(in_blocks(facts))


def flow(entries: Mapping[str, str | Sequence[str]]) -> str:
    """A mapping on one line: "{line: users, price: 63.00 USD}"; its lists are in brackets."""
    return text_of(on_one_line(entries)).strip()


def quoted(text: str) -> str:
    """A text in double quotes, with quotes and backslashes escaped."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

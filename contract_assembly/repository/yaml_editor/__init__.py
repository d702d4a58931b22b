"""The one editor of YAML files: set a value, append to a list, drop entries, add lines, begin a file. Pure.

Comments, order and quotes are kept, and no other byte changes. Every function that edits reads its result again and compares it
with what the file should hold now; if they differ, the edit is refused with `line-form` and a person makes the change.
"""

from contract_assembly.repository.yaml_editor.checking import EditError
from contract_assembly.repository.yaml_editor.lines import append, insert_comment, set_key, set_value
from contract_assembly.repository.yaml_editor.new_file import (
    AGREEMENT_DEPTH,
    DOCUMENT_DEPTH,
    PROVIDER_DEPTH,
    flow,
    listed,
    mapped,
    new_file,
    quoted,
    schema_line,
)
from contract_assembly.repository.yaml_editor.parts import Changes, apply, indent_of, is_in_brackets
from contract_assembly.repository.yaml_editor.tree import Tree, plain, put, put_rows, update

__all__ = [
    "AGREEMENT_DEPTH",
    "DOCUMENT_DEPTH",
    "PROVIDER_DEPTH",
    "Changes",
    "EditError",
    "Tree",
    "append",
    "apply",
    "flow",
    "indent_of",
    "insert_comment",
    "is_in_brackets",
    "listed",
    "mapped",
    "new_file",
    "plain",
    "put",
    "put_rows",
    "quoted",
    "schema_line",
    "set_key",
    "set_value",
    "update",
]

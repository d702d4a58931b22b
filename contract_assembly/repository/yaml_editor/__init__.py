"""The one editor of YAML files: set a value, append to a list, drop entries, add lines, begin a file. Pure.

Comments, order and quotes are kept, and no other byte changes. Every function that edits parses its result and compares
it with the expected content. If they differ, the edit is refused with `line-form`, and a person has to make the change.
"""

from contract_assembly.repository.yaml_editor.checking import EditError as EditError
from contract_assembly.repository.yaml_editor.checking import data_of as data_of
from contract_assembly.repository.yaml_editor.lines import append as append
from contract_assembly.repository.yaml_editor.lines import insert_comment as insert_comment
from contract_assembly.repository.yaml_editor.lines import set_key as set_key
from contract_assembly.repository.yaml_editor.lines import set_value as set_value
from contract_assembly.repository.yaml_editor.parts import Changes as Changes
from contract_assembly.repository.yaml_editor.parts import apply as apply
from contract_assembly.repository.yaml_editor.parts import indent_of as indent_of
from contract_assembly.repository.yaml_editor.parts import is_in_brackets as is_in_brackets
from contract_assembly.repository.yaml_editor.tree import Tree as Tree
from contract_assembly.repository.yaml_editor.tree import plain as plain
from contract_assembly.repository.yaml_editor.tree import put as put
from contract_assembly.repository.yaml_editor.tree import put_rows as put_rows
from contract_assembly.repository.yaml_editor.tree import update as update
from contract_assembly.repository.yaml_editor.writing import AGREEMENT_DEPTH as AGREEMENT_DEPTH
from contract_assembly.repository.yaml_editor.writing import DOCUMENT_DEPTH as DOCUMENT_DEPTH
from contract_assembly.repository.yaml_editor.writing import PROVIDER_DEPTH as PROVIDER_DEPTH
from contract_assembly.repository.yaml_editor.writing import block as block
from contract_assembly.repository.yaml_editor.writing import flow as flow
from contract_assembly.repository.yaml_editor.writing import listed as listed
from contract_assembly.repository.yaml_editor.writing import mapped as mapped
from contract_assembly.repository.yaml_editor.writing import new_file as new_file
from contract_assembly.repository.yaml_editor.writing import quoted as quoted
from contract_assembly.repository.yaml_editor.writing import schema_line as schema_line

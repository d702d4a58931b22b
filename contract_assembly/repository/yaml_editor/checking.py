"""Parse an edited file, and compare it with the expected content."""

from typing import Any

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.facts import strict_yaml
from contract_assembly.repository.yaml_editor.tree import plain, read


class EditError(RefusedError):
    """A file is in a form that cannot be edited here; nothing was changed."""

    def __init__(self, what: str, at: Origin | None, hint: str) -> None:
        super().__init__([Problem("line-form", what, at, hint)])


def data_of(text: str) -> Any:
    """The content of a YAML file as dictionaries, lists and texts; an empty file is an empty mapping.

    `strict_yaml` reads ten times as fast as the editor, which reads only what `strict_yaml` refuses, such as a key
    without a value."""
    try:
        return strict_yaml.plain(strict_yaml.load(text, ""))
    except RefusedError:
        return plain(read(text) or {}) if text.strip() else {}


def checked(text: str, expected: Any, at: Origin | None, what: str, hint: str) -> str:
    """The edited text, if its content is as expected. Raises EditError."""
    try:
        found = data_of(text)
    except Exception as error:  # any error of the parser
        raise EditError(what, at, hint) from error
    if found != expected:
        raise EditError(what, at, hint)
    return text

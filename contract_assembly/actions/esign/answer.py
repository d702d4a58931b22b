"""An answer of an e-sign service, which is trusted no more than a file from anywhere. Pure."""

import re
from collections.abc import Mapping
from typing import Any

from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import shortened, shown

_ID = re.compile(r"[A-Za-z0-9_-]{1,100}")


class Answer:
    """A look into an answer of a service. What is missing there, or is of another type, raises RefusedError."""

    def __init__(self, found: Any) -> None:
        self._found = found

    def text(self, name: str) -> str:
        """A text; empty for null and for what is not there."""
        value = self._of(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise unexpected(f"{name} in the answer is not text")
        return value

    def id(self, name: str = "id") -> str:
        """An id, a number or a short text of letters, digits, - and _, that is safe in a path."""
        value = self._of(name)
        text = str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""
        if not _ID.fullmatch(text):
            raise unexpected(f"the answer has no {name}")
        return text

    def list(self, name: str) -> "tuple[Answer, ...]":
        """The entries of a list."""
        value = self._of(name)
        if not isinstance(value, list):
            raise unexpected(f"the answer has no list {name}")
        return tuple(Answer(each) for each in value)

    def one_of(self, name: str, known: Mapping[str, Any]) -> str:
        """A text that is one of these."""
        if (text := self.text(name)) not in known:
            raise unexpected(f"{name} in the answer is {shown(shortened(text))}, which is not documented")
        return text

    def _of(self, name: str) -> Any:
        if not isinstance(self._found, dict):
            raise unexpected(f"the answer has no {name}")
        return self._found.get(name)


def unexpected(what: str) -> RefusedError:
    """The refusal of an answer that is not as the service documents it."""
    hint = "see that esign and esign_url in provider.yaml belong together; then run the command again"
    return RefusedError([Problem("esign-answer", what, None, hint)])

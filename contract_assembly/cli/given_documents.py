"""What `inspect` and `verify` share: a finished document from anywhere, and its texts on a terminal."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

from contract_assembly.cli.parameters import given

if TYPE_CHECKING:
    from contract_assembly.build.embedded_files import Carried


def given_document(file: Path) -> "tuple[bytes, Carried]":
    """A file's bytes and what it carries. Raises RefusedError with a sentence."""
    from contract_assembly.build.embedded_files import carried

    data = given(file)
    return data, carried(data)


def printed(value: object) -> str:
    """A text from a file of others, without characters that could act on a terminal."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return "".join(each if each.isprintable() else "\ufffd" for each in text.replace("\u00a0", " "))

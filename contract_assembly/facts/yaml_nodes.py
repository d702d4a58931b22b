"""The nodes of a YAML file, as strict YAML reads them: every scalar is text with its line; and bounds for a file. Data only."""

from typing import TypeAlias

from msgspec import Struct

from contract_assembly.core.origin import Origin

MAX_VALUES = 50_000  # keys, values and lists; a ten-year service record of a large client has about 20,000
MAX_DEPTH = 12
MAX_SCALAR = 20_000
MAX_PROBLEMS = 100  # for each file; each of them costs a search for the nearest known name


class Scalar(Struct, frozen=True):
    """A leaf: its text, exactly as written."""

    text: str
    origin: Origin


class Sequence(Struct, frozen=True):
    """A list."""

    items: "tuple[Node, ...]"
    origin: Origin


class Mapping(Struct, frozen=True):
    """A mapping from text keys; `keys` holds the place of each key."""

    entries: "dict[str, Node]"
    keys: dict[str, Origin]
    origin: Origin


Node: TypeAlias = Scalar | Sequence | Mapping

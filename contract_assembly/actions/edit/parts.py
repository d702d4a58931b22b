"""The forms of each kind of file, each a part of it that people think of as one thing. A table."""

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from contract_assembly.actions.edit.shapes import Shape, shape_of


class Part(Struct, frozen=True):
    """One form: its name in an address, its title, and the keys of the file that it shows."""

    name: str
    title: str
    keys: tuple[str, ...]


_LAW = Part("law", "Law and form", ("id", "title", "version", "law", "courts", "locale", "currency", "provider", "calendar",
                                     "initials", "special_terms"))  # fmt: skip
_CONTACTS = Part("contacts", "Contacts and signatures", ("contacts", "signatories"))
_OPEN = Part("open", "Open points", ("open", "confirmations"))
_REGISTERS = ("licences", "data", "backup")
PARTS: Mapping[str, tuple[Part, ...]] = {
    "client": (
        Part("entity", "Legal entity", ("party", "place", "is_business", "sectors")),
        Part("people", "People", ("people",)),
    ),
    "agreement": (
        Part("counts", "What is covered", ("coverage",)),
        Part("fees", "Plan and fees", ("plan", "fees", "tax")),
        Part("term", "Term and renewal", ("term", "renewal")),
        _CONTACTS,
        Part("registers", "Licences, data, and backups", _REGISTERS),
        _LAW,
        _OPEN,
    ),
    "block-agreement": (
        Part("block", "Block of hours", ("block", "tax")),
        _CONTACTS,
        Part("registers", "Licences and data", _REGISTERS),
        _LAW,
        _OPEN,
    ),
}


def shape_of_part(schema: str, part: Part) -> Shape:
    """The shape of the file with the keys of a part alone."""
    shape = shape_of(schema)
    known = {each.name: each for each in shape.inside}
    return replace(shape, inside=tuple(known[key] for key in part.keys if key in known))

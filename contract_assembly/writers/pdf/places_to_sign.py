"""Places to sign on a page, which either engine lays out as links with targets of their own, until they become fields. Pure."""

from collections.abc import Iterable
from urllib.parse import quote, unquote

from contract_assembly.document.tree import Signatory

FIELD, MARK = "signature-field:", "signature-mark:"  # link targets that mark places; never written into a file
SIGNATURES_EXIST = 1  # flag of the form (ISO 32000-1, table 219)


def is_place(target: str) -> bool:
    """Whether a link's target marks a place to sign or date, so that it is not a real link."""
    return target in {FIELD, MARK}


def described(node: Signatory) -> str:
    """What a screen reader says of a signatory's field."""
    return f"Signature of the {node.role}, {node.entity.text}"


def place_name(node: Signatory) -> str:
    """A link target that holds the name of a signatory's field and its description: `named` reads them."""
    return f"{FIELD}{quote(node.role, safe='')}/{quote(described(node), safe='')}"


def named(target: str) -> tuple[str, str]:
    """The name and the description in a target that `place_name` made."""
    name, about = target.removeprefix(FIELD).split("/")
    return unquote(name), unquote(about)


def unused_name(name: str, taken: Iterable[str]) -> str:
    """A field name that is not taken: "Client", then "Client 2"."""
    used = set(taken)
    names = [name, *(f"{name} {number}" for number in range(2, len(used) + 2))]
    return next(each for each in names if each not in used)

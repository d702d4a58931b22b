"""Outlines: the model of `templates/<document>/outline.yaml` and of `other-paper.yaml` there, the order and nesting of a
document. Models only."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from contract_assembly.document.tree import PartKind
from contract_assembly.facts.agreement import Kind
from contract_assembly.facts.fields import Model, SlugFact, TextFact, TruthFact

CONTRACT = "contract"  # what the contract is called among an agreement's documents
OUTLINES: dict[Kind, str] = {
    "support": "contract",
    "time-block": "time-block",
}  # the contract's own, by kind of agreement


class Entry(Model):
    """The place of one clause, by slot; with `if`, only when the condition holds. An `optional` slot stays empty unless the
    agreement chooses a clause for it or brings its own."""

    slot: SlugFact
    optional: TruthFact = False
    condition: TextFact | None = Field(default=None, alias="if")


def _entry(value: Any) -> Any:
    return {"slot": value} if isinstance(value, str) else value


class PartOutline(Model):
    """A letter, its enclosure, a cover, the terms, or a schedule. `signatures` introduces the signature block at the end of the
    part. A letter's `title` is its subject line; without a `greeting` it has no salutation and no close, like a report.
    `enclosed` is the line about enclosures under the close, and `apart` are clauses after it, such as a notice that the law
    requires to be separate."""

    kind: PartKind
    id: SlugFact
    title: TextFact
    clauses: tuple[Annotated[Entry, BeforeValidator(_entry)], ...]
    signatures: TextFact | None = None
    greeting: TruthFact = True
    enclosed: TextFact | None = None
    apart: tuple[Annotated[Entry, BeforeValidator(_entry)], ...] = ()
    condition: TextFact | None = Field(default=None, alias="if")


class Outline(Model):
    """A document's parts in reading order. `title` is the document's title where it is not the agreement's; `mail` lists the
    clauses of the email that it is sent with."""

    document: SlugFact
    title: TextFact | None = None
    kinds: tuple[Kind, ...]
    parts: tuple[PartOutline, ...]
    mail: tuple[Annotated[Entry, BeforeValidator(_entry)], ...] = ()

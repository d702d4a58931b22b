"""Outlines: the model of `templates/<document>/outline.yaml`, the order and nesting of a document. Models only; reads nothing."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from contract_assembly.agreement import Kind
from contract_assembly.typed import Model, SlugFact, TextFact


class Entry(Model):
    """A place for one clause, by slot; with `if`, only when the condition holds."""

    slot: SlugFact
    condition: TextFact | None = Field(default=None, alias="if")


def _entry(value: Any) -> Any:
    return {"slot": value} if isinstance(value, str) else value


class PartOutline(Model):
    """A cover, the terms, or a schedule. `signatures` is the sentence that leads in the signature block, which ends the part."""

    kind: Literal["cover", "terms", "schedule"]
    id: SlugFact
    title: TextFact
    clauses: tuple[Annotated[Entry, BeforeValidator(_entry)], ...]
    signatures: TextFact | None = None
    condition: TextFact | None = Field(default=None, alias="if")


class Outline(Model):
    """A document's parts in the order they are read. `title` is the document's, where it is not the agreement's."""

    document: SlugFact
    title: TextFact | None = None
    kinds: tuple[Kind, ...]
    parts: tuple[PartOutline, ...]

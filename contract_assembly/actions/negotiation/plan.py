"""What the decisions of a round change: values, chosen clauses, words of clauses, clauses of the agreement's own. Data only."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from contract_assembly.actions.negotiation.change import ReturnedChange
from contract_assembly.actions.negotiation.compared_round import Looked
from contract_assembly.actions.negotiation.insertion_places import InsertionPlace
from contract_assembly.clauses.clause import Clause
from contract_assembly.core.origin import Origin
from contract_assembly.core.paths import folder_of
from contract_assembly.core.problems import Problem
from contract_assembly.facts.fields import Located
from contract_assembly.facts.negotiation import Entry, Round
from contract_assembly.repository.inputs import Repository

BY_HAND = "write the clause by hand, then decide: refuse, with a reason that names it"


class Piece(Struct, frozen=True):
    """A part of a change that is in one clause: its entry, and the positions of its words among the aligned ones. `origin` is the
    tag of the clause that moved words come from, whose `taken` words they are. `side` is "start" or "end" for whole paragraphs
    that go there."""

    change: ReturnedChange
    entry: Entry
    spots: tuple[int, ...]
    origin: str = ""
    taken: tuple[int, ...] = ()
    side: str = ""


class RoundPlan(Struct):
    """What the decisions of a round change, and what is in the way."""

    values: dict[str, dict[tuple[str | int, ...], str]] = field(default_factory=dict)  # by file
    chosen: dict[str, str] = field(default_factory=dict)  # slot to clause
    words: dict[str, list[Piece]] = field(default_factory=dict)  # by the tag of the clause
    own: list[tuple[ReturnedChange, Entry, str]] = field(
        default_factory=list
    )  # new clauses, with the slot that each comes after
    moved: dict[str, tuple[str, Entry]] = field(
        default_factory=dict
    )  # whole clauses by tag, with the slot that each comes after
    problems: list[Problem] = field(default_factory=list)


class RoundCase(Struct, frozen=True):
    """A round with its agreement."""

    repository: Repository
    client: str
    agreement: str
    one: Located[Round]
    looked: Looked

    @property
    def inputs(self) -> Any:
        """The files of the agreement."""
        return self.repository.inputs(self.client, self.agreement)

    @property
    def folder(self) -> str:
        """The agreement's folder."""
        return folder_of(self.client, self.agreement)

    @property
    def clauses(self) -> Mapping[str, Clause]:
        """The clauses of the contract, by the tags of their ids."""
        return self.looked.ours.clauses

    def at(self, entry: Entry) -> Origin:
        """Where an entry is written."""
        return self.one.at(f"changes.{self.one.model.changes.index(entry)}")

    def tag_of(self, slot: str) -> str:
        """The tag of the contract's clause for a slot; empty if it has none."""
        return next((tag for tag, each in self.clauses.items() if each.head.slot == slot), "")

    def problem(self, entry: Entry, rule: str, what: str, hint: str) -> Problem:
        """Something in the way of a decision."""
        return Problem(rule, what, self.at(entry), hint)

    def place(self, found: InsertionPlace | None) -> tuple[InsertionPlace | None, str]:
        """A place, if the contract has a clause there, with the tag of that clause."""
        tag = self.tag_of(found.slot) if found else ""
        return (found, tag) if tag else (None, "")

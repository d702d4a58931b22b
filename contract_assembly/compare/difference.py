"""What changed between two states of an agreement, as one value that every output format shows. Pure data."""

from collections.abc import Iterator
from itertools import groupby

from msgspec import Struct

from contract_assembly.compare.figures import FactChange
from contract_assembly.compare.trees import PartChange, counted


class Difference(Struct, frozen=True):
    """`title` is the agreement's; `old` and `new` name the two states for users ("HEAD (1a2b3c4d5e)"); `language` is a BCP 47
    tag."""

    folder: str
    title: str
    client: str
    language: str
    old: str
    new: str
    facts: tuple[FactChange, ...]
    changes: tuple[PartChange, ...]

    @property
    def none(self) -> bool:
        """Whether both states are the same, including all numbers."""
        return not self.facts and all(each.kind == "unchanged" and not each.moved for each in self.changes)

    @property
    def touched(self) -> tuple[PartChange, ...]:
        """The changes that need review."""
        return tuple(each for each in self.changes if each.touched)

    @property
    def renumbered(self) -> tuple[PartChange, ...]:
        """The units in which only numbers changed: their own or those of references."""
        return tuple(each for each in self.changes if each.kind == "renumbered" and not each.moved)

    def parts(self) -> Iterator[tuple[str, tuple[PartChange, ...]]]:
        """The changes that need review, grouped by part."""
        for part, group in groupby(self.touched, key=lambda each: each.part):
            yield part, tuple(group)

    def summary(self) -> str:
        """The number of changes, in one line: "1 added, 2 reworded, 14 renumbered"."""
        counts = {what: count for what, count in counted(self.changes).items() if count and what != "unchanged"}
        return ", ".join(f"{count} {what}" for what, count in counts.items()) or "nothing"

"""The typed files that one agreement is built from. Data only; `repository` fills it."""

from typing import Generic, TypeVar

from msgspec import Struct

from contract_assembly.facts.agreement import Agreed, Agreement, BlockAgreement, Kind
from contract_assembly.facts.catalogue import BlockPrices, Calendar, Plan, Rates
from contract_assembly.facts.fields import Located
from contract_assembly.facts.law import Law
from contract_assembly.facts.parties import Client, Provider
from contract_assembly.facts.price_index import Index

BLOCK_PRICES = "provider/blocks.yaml"
A = TypeVar("A", bound=Agreed)


class Use(Struct, frozen=True):
    """What clauses are chosen for: a kind of agreement, its law, and the client's place, such as US-NY."""

    kind: Kind
    law: str
    place: str = ""


class AnyInputs(Struct, Generic[A], frozen=True):
    """The files of any agreement, each with its lines. `laws` are the chosen law, then the others that apply because of the
    client's place, and the wider laws of both, each once."""

    provider: Located[Provider]
    client: Located[Client]
    agreement: Located[A]
    calendar: Located[Calendar]
    rates: Located[Rates]
    law: Located[Law]
    laws: tuple[Located[Law], ...]

    @property
    def use(self) -> Use:
        """What the clauses of this agreement are chosen for."""
        return Use(self.agreement.model.kind, self.agreement.model.law, self.client.model.place)

    def paths(self) -> tuple[str, ...]:
        """The files, relative to the root, in a fixed order."""
        found = [getattr(self, name) for name in self.__struct_fields__ if name != "laws"]
        return tuple(dict.fromkeys(each.at().path for each in (*found, *self.laws) if each))

    def absent(self) -> tuple[str, ...]:
        """Paths that would also be read if they had a file, such as further laws: adding one makes a build stale."""
        named = (
            self.agreement.model.law,
            self.client.model.place,
            *(name for law in self.laws for name in law.model.within),
        )
        paths = (*(f"clauses/law/{name}.yaml" for name in dict.fromkeys(named)), BLOCK_PRICES)
        return tuple(path for path in paths if path not in self.paths())


class Inputs(AnyInputs[Agreement], frozen=True):
    """The files of a support contract; `before` is the agreement that it renews, `index` the index that its prices follow,
    `blocks` the prepaid blocks that the firm sells instead."""

    plan: Located[Plan]
    before: Located[Agreement] | None = None
    index: Located[Index] | None = None
    blocks: Located[BlockPrices] | None = None


class BlockInputs(AnyInputs[BlockAgreement], frozen=True):
    """The files of a prepaid time block."""

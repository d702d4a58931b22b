"""The typed files that one agreement is built from, side by side. Data only; `repository` fills it."""

from dataclasses import dataclass, fields

from contract_assembly.agreement import Agreement
from contract_assembly.law import Law
from contract_assembly.offer import Calendar, Plan, Rates
from contract_assembly.parties import Client, Provider
from contract_assembly.typed import Located


@dataclass(frozen=True)
class Inputs:
    """Who, what, for how much, when and under which law; each file with its lines."""

    provider: Located[Provider]
    client: Located[Client]
    agreement: Located[Agreement]
    plan: Located[Plan]
    calendar: Located[Calendar]
    rates: Located[Rates]
    law: Located[Law]

    def paths(self) -> tuple[str, ...]:
        """The files, relative to the root, in a fixed order."""
        return tuple(getattr(self, each.name).at().path for each in fields(self))

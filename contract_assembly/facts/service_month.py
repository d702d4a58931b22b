"""The Tickets of a calendar month in `service.yaml`, by the month in which they were logged. Models only.

Source: clauses levels-measurement and levels-workload. Service Credits are worked out from these figures and from no others."""

from contract_assembly.facts.catalogue import PriorityName
from contract_assembly.facts.fields import DateFact, Model, TextFact, WholeFact


class Logged(Model):
    """Tickets of one priority that were logged in a month: how many, and in how many the Response and the Resolution were in time
    (`_of` counts those where that is known)."""

    priority: PriorityName
    logged: WholeFact
    response_met: WholeFact = 0
    response_of: WholeFact = 0
    resolution_met: WholeFact = 0
    resolution_of: WholeFact = 0


class LoggedMonth(Model):
    """From the first to the last day of a calendar month, or of the part of it that lies in the term. `over_workload` is how
    many Tickets were logged above the workload that the fees cover; they count like all others."""

    first: DateFact
    last: DateFact
    source: TextFact
    over_workload: WholeFact = 0
    tickets: tuple[Logged, ...]

"""A duty that was done: an entry below `kept` of service.yaml or account.yaml. Model only."""

from contract_assembly.facts.fields import DateFact, Model, TextFact


class KeptDuty(Model):
    """The day on which a duty of a clause was done, and what shows it. `duty` is what `build.py due` calls it."""

    duty: TextFact
    on: DateFact
    source: TextFact

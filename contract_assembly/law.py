"""Governing laws as facts: the model of `clauses/law/<place>.yaml`. Models only; reads nothing."""

from contract_assembly.typed import Model, PlaceFact, TextFact


class Law(Model):
    """A law that an agreement can be made under: `name` ("New York"), `full` as a clause says it ("the State of New York")."""

    id: PlaceFact
    name: TextFact
    full: TextFact

"""What was used in a month: the model of `usage.yaml`, next to `agreement.yaml`. Models only.

Only lines that include some usage and charge for more have such figures."""

from contract_assembly.facts.fields import DecimalFact, Model, MonthFact, SlugFact, TextFact

USAGE = "usage.yaml"


class Used(Model):
    """How many units of a line were used in a calendar month, and where that can be seen."""

    line: SlugFact
    month: MonthFact
    used: DecimalFact
    source: TextFact


class Usage(Model):
    """`usage.yaml` of a support contract, in any order."""

    usage: tuple[Used, ...] = ()

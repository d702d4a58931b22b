"""The playbook: what clients ask for, and what the firm answers. Models of `provider/playbook.yaml` only."""

from contract_assembly.facts.fields import Model, SlugFact, TextFact


class Point(Model):
    """One thing that clients ask for: what, why, and the answer; the slots where it is written; and the parameters
    ("slot.name") and facts ("fees.due") of an agreement that may move without another clause."""

    id: SlugFact
    ask: TextFact
    why: TextFact
    answer: TextFact
    slots: tuple[SlugFact, ...]
    parameters: tuple[TextFact, ...] = ()
    facts: tuple[TextFact, ...] = ()


class Playbook(Model):
    """`provider/playbook.yaml`."""

    points: tuple[Point, ...] = ()

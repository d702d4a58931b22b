"""The playbook: what clients ask for, and what the firm answers. Models of `provider/playbook.yaml` only."""

from typing import Literal

from pydantic import Field

from contract_assembly.facts.fields import Model, SlugFact, TextFact

PLAYBOOK = "provider/playbook.yaml"
Reader = Literal["account manager", "service manager", "bookkeeper", "owner", "counsel", "insurer"]


class Bounds(Model):
    """How far a fact of an agreement may move, both ends included, and who must see it before it is accepted."""

    least: TextFact | None = Field(default=None, alias="from")
    most: TextFact | None = Field(default=None, alias="to")
    show: tuple[Reader, ...] = ()


class Point(Model):
    """One thing that clients ask for: what, why, and the answer; the slots where it is written; and the parameters
    ("slot.name") and facts ("fees.due") of an agreement that may move without another clause. `accepts` says how far some of
    these facts may move; the bounds of a parameter are in the head of its clause."""

    id: SlugFact
    ask: TextFact
    why: TextFact
    answer: TextFact
    slots: tuple[SlugFact, ...]
    parameters: tuple[TextFact, ...] = ()
    facts: tuple[TextFact, ...] = ()
    accepts: dict[TextFact, Bounds] = Field(default={})


class Playbook(Model):
    """`provider/playbook.yaml`."""

    points: tuple[Point, ...] = ()

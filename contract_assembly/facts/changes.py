"""Dated changes of a support contract while it runs: the model of `changes.yaml`. Models only; `in_force` applies them.

It lies next to `agreement.yaml`, which states what was signed. An entry is never edited: a mistake is reversed by a further entry
for the same day, which names the two values the other way round."""

from typing import Literal

from pydantic import Field

from contract_assembly.facts.fields import DateFact, Model, SlugFact, TextFact, TruthFact, ValueFact

CHANGES = "changes.yaml"
Counted = Literal[
    "users", "mailbox", "workstation", "server", "virtual-server", "network-device", "firewall", "mobile", "printer",
    "saas-tenant",
]  # fmt: skip
COUNTED: tuple[str, ...] = Counted.__args__  # type: ignore[attr-defined]
What = Literal[Counted, "site", "line", "quantity", "price"]


class Change(Model):
    """One change: what it is about, its first day, the value before and after, and who agreed to it.

    A count changes from one whole number to another, and so does the `quantity` of a line of the agreement's own. A `site` is
    `covered` or `none`, and a `line` `covered` or `ended`; a `price` is the unit price of a line. Sites and lines are named by
    `name`; a new site needs its `address`.

    `asked` is the day on which `asked_by`, a person of the client's, asked for it. `how` is `request` (a written request of the
    Client Contact), `count` (a correction after counts were compared, of which `asked_by` received the result), or the amendment
    that makes the change: `amendment-1`. `reverses` marks the entry that takes an earlier one back. `because` says why, or with
    what counts were compared."""

    on: DateFact
    what: What
    name: TextFact | None = None
    address: TextFact | None = None
    before: ValueFact = Field(alias="from")
    to: ValueFact
    asked: DateFact
    asked_by: SlugFact
    approved_by: SlugFact | None = None
    how: SlugFact = "request"
    reverses: TruthFact = False
    because: TextFact | None = None

    @property
    def subject(self) -> tuple[str, str]:
        """What it is about: two changes of one subject follow each other."""
        return self.what, self.name or ""


class Changes(Model):
    """`changes.yaml` of a support contract, in any order; the days decide."""

    changes: tuple[Change, ...] = ()

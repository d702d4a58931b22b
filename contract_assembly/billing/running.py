"""A support contract as it runs: what was agreed at each signature, what changed since, and how it ends. Data only."""

from datetime import date
from decimal import Decimal
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from contract_assembly.billing.service_credits import CreditRule
from contract_assembly.billing.signed_facts import SignedVersion
from contract_assembly.core.paths import folder_of
from contract_assembly.core.values import Duration, Money, Percent
from contract_assembly.facts.agreement_files import Inputs
from contract_assembly.facts.changes import Change, Changes
from contract_assembly.facts.fields import Located
from contract_assembly.facts.in_force import standing
from contract_assembly.facts.service_record import Service
from contract_assembly.facts.usage import Usage

# When the Recurring Fee of a period is invoiced: before it, on its first day, or on the day after it.
Timing = Literal["in-advance", "on-first-day", "in-arrears"]

# Where the library has no clause on changes.
DEFAULT_REMOVAL, DEFAULT_FLOOR = Duration(30, "day"), Percent(Decimal(80))


class Limits(Struct, frozen=True):
    """What the clause on changes lets a written request do: a removal takes effect so long after it, and the fee stays above a
    share of its amount on the first day of the current term."""

    removal: Duration = DEFAULT_REMOVAL
    floor: Percent = DEFAULT_FLOOR


class Running(Struct, frozen=True):
    """One support contract. `inputs` are its files as they are now, `versions` what was signed, `last` its last day if it has
    one, and `in_effect` whether it binds both parties. `chain` is the first of the agreements that renew each other.

    `service` are the figures of its term, and `service_before` those of the agreement that it renews. `credit_rules` are what
    each of the versions says of Service Credits: None where nothing can be worked out. `timing` is when the clause on fees
    has the Recurring Fee invoiced. `unused` is the credit for the hours that its prepaid block still had when the contract took
    its place, as the ledger has it now; None without such a block."""

    client: str
    name: str
    inputs: Inputs
    versions: tuple[SignedVersion, ...]
    changes: Located[Changes]
    last: date | None = None
    signed_on: date | None = None
    in_effect: bool = True
    chain: str = ""
    service: Located[Service] | None = None
    usage: Located[Usage] | None = None
    limits: Limits = Limits()
    service_before: Service | None = None
    credit_rules: tuple[CreditRule | None, ...] = ()
    timing: Timing = "in-advance"
    unused: Money | None = None

    @property
    def folder(self) -> str:
        """Its folder, relative to the root."""
        return folder_of(self.client, self.name)

    @property
    def first(self) -> date:
        """Its first day."""
        found: date = self.versions[0].inputs.agreement.model.term.first_day
        return found

    @property
    def status(self) -> str:
        """The status of its contract."""
        return str(self.inputs.agreement.model.status)

    @property
    def currency(self) -> str:
        """The currency of its amounts."""
        return str(self.inputs.agreement.model.currency)

    @property
    def standing(self) -> tuple[Change, ...]:
        """The changes that stand, by their days."""
        return standing(self.changes.model.changes)

    def agreed_on(self, day: date) -> Inputs:
        """The facts of the last signature that applies on a day, without the dated changes; before all of them, of the first."""
        return self.versions[self._applying(day) or 0].inputs

    def known_by(self, day: date) -> "Running":
        """The contract as its signatures up to a day made it: the first, and no amendment that was signed later."""
        first, *later = zip(self.versions, self.credit_rules or [None] * len(self.versions), strict=True)
        known = (first, *(pair for pair in later if pair[0].signed_on is None or pair[0].signed_on <= day))
        rules = tuple(rule for _, rule in known) if self.credit_rules else ()
        return replace(self, versions=tuple(each for each, _ in known), credit_rules=rules)

    def credit_rule_on(self, day: date) -> CreditRule | None:
        """What the contract says of Service Credits on a day, as it was signed or amended by then."""
        n = self._applying(day)
        return None if n is None or n >= len(self.credit_rules) else self.credit_rules[n]

    def _applying(self, day: date) -> int | None:
        """The position of the last signature that applies on a day; of two from one day, the later amendment."""
        applies = (n for n, each in enumerate(self.versions) if each.first <= day)
        return max(applies, key=lambda n: (self.versions[n].first, n), default=None)

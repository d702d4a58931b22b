"""What an agreement says about its renewal: the rule for prices, what is meant for the next term, notices sent, an early end.
Models only; reads nothing."""

from decimal import Decimal
from typing import Literal

from contract_assembly.core.values import Percent
from contract_assembly.facts.catalogue import AssetClass
from contract_assembly.facts.fields import DateFact, Model, MoneyFact, PercentFact, SlugFact, TextFact, WholeFact


class Increase(Model):
    """How prices may change when the agreement renews; `fees.increase_cap` caps each of them.

    none: they stay. on-notice: the Provider may raise them. fixed: each renewal raises them by `percent`. index: they follow
    `series`, a file of `provider/indices/`: the month that lies `lag` months before the renewal, compared with the same month
    one term earlier, as a percentage rounded half up to `decimals`, and never below `floor`."""

    rule: Literal["none", "on-notice", "fixed", "index"] = "on-notice"
    percent: PercentFact | None = None
    series: SlugFact | None = None
    lag: WholeFact = 3
    decimals: WholeFact = 1
    floor: PercentFact = Percent(Decimal(0))


class NextCount(Model):
    """How many of a class the next term covers."""

    kind: AssetClass
    count: WholeFact


class NextPrice(Model):
    """What a line costs in the next term, by the id of the plan's line."""

    line: SlugFact
    price: MoneyFact


class Renewal(Model):
    """What we mean to offer for the next term. What is not named stays as it is.

    `increase` is the rise of an agreement whose prices rise on notice; `ended` are lines that are not part of the next term."""

    increase: PercentFact | None = None
    plan: SlugFact | None = None
    users: WholeFact | None = None
    assets: tuple[NextCount, ...] = ()
    prices: tuple[NextPrice, ...] = ()
    ended: tuple[SlugFact, ...] = ()


class SentNotice(Model):
    """A notice that was sent or received: what it says, which rule of law it answers, on which day and by which way it went.

    increase: prices rise. reminder: the agreement renews. decline: a party does not renew. `term` is the first day of the term
    that it is about; `to` is who received it."""

    says: Literal["increase", "reminder", "decline"]
    term: DateFact
    sent: DateFact
    by: Literal["in-person", "email", "courier", "mail", "certified-mail", "invoice"]
    to: Literal["client", "provider"] = "client"
    rule: TextFact | None = None


class Ending(Model):
    """The agreement ends before its term does: its last day, inclusive, who ended it, and under which section."""

    last_day: DateFact
    by: Literal["client", "provider", "both"]
    ground: TextFact

"""What the changes of one day do to the fee: before and after, the part of a period that is left, and its invoice. Pure."""

from datetime import date, timedelta

from msgspec import Struct

from contract_assembly.billing.charge import Charge
from contract_assembly.billing.charges import billing_period, charges
from contract_assembly.billing.periods import count, parts
from contract_assembly.billing.running import Running
from contract_assembly.billing.states import facts_on
from contract_assembly.core.values import DateRange, Money, total
from contract_assembly.facts.agreement_files import Inputs
from contract_assembly.facts.changes import Change
from contract_assembly.facts.fees import monthly_total
from contract_assembly.facts.in_force import value_of

_DAY = timedelta(days=1)


class SubjectChange(Struct, frozen=True):
    """What a change is about, with its value before and after the day."""

    change: Change
    before: object
    after: object


class ChangeEffect(Struct, frozen=True):
    """What changes on a day: each subject, the monthly fee before and after, and what the rest of the billing period costs.

    `covered` of `month` days are part of a month, before `months` whole ones; both are 0 where no part of a month is charged.
    `full_from` is the first day of the billing period whose invoice has the new fee in full."""

    on: date
    moved: tuple[SubjectChange, ...]
    before: Money
    after: Money
    rest: tuple[Charge, ...]
    covered: int
    month: int
    months: int
    facts: Inputs
    full_from: date

    @property
    def difference(self) -> Money:
        """The change of the monthly fee; below zero if it gets cheaper."""
        return Money(self.after.amount - self.before.amount, self.after.currency)

    @property
    def for_the_rest(self) -> Money:
        """What the rest of the billing period comes to."""
        return total((each.amount for each in self.rest), self.after.currency)


def effect(running: Running, on: date) -> ChangeEffect:
    """What the changes of a day do. Changes of the first day of a period have no rest: its invoice has them in full."""
    before, after = facts_on(running, on - _DAY), facts_on(running, on)
    moved = tuple(
        SubjectChange(each, value_of(before, each), value_of(after, each)) for each in running.standing if each.on == on
    )
    rest = tuple(
        each
        for each in charges(running, on)
        if each.key.sort == "recurring" and each.listed == on and each.key.first < on
    )
    found = _parts(running, on, {each.days for each in rest}) if rest else ()
    part = next(((covered, month) for covered, month in found if covered != month), (0, 0))
    return ChangeEffect(
        on=on,
        moved=moved,
        before=monthly_total(before, max(on - _DAY, running.first)),
        after=monthly_total(after, on),
        rest=rest,
        covered=part[0],
        month=part[1],
        months=sum(covered == month for covered, month in found),
        facts=after,
        full_from=max(each.key.last for each in rest) + _DAY if rest else on,
    )


def _parts(running: Running, on: date, charged: set[DateRange]) -> tuple[tuple[int, int], ...]:
    """How many of how many days of each month of the billing period are left from a day on; nothing where other days are charged,
    as for a line by the year."""
    period = billing_period(running, on)
    if charged != {DateRange(on, period.days.last)}:
        return ()
    return tuple((count(part), count(month.days)) for month, part in parts(period, DateRange(on, period.days.last)))
